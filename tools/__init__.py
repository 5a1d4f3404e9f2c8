"""Tools of the checkout: what drives a browser, for the tests and for the pictures."""
