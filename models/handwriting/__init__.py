"""Characters written with a pen, point by point: many-to-one."""
