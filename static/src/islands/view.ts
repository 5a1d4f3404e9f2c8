import { mount } from 'svelte';
import Opening from '../example/Opening.svelte';
import { theme } from './following';

const target = document.getElementById('opening');
if (target) mount(Opening, { target, props: { theme } });
