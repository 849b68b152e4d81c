/** Starts the page: finds its host and mounts the window. */

import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/print.css'
import { createApp } from 'vue'
import App from './App.vue'
import { connectHost } from './host/connect-host.ts'

createApp(App, { host: connectHost() }).mount('#app')
