import { defineConfig } from 'eslint/config';
import { common } from '../eslint.config.js';

export default defineConfig(...common);
