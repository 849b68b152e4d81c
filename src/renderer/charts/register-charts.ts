/**
 * The parts of Chart.js that several pages draw with; importing this file registers them once. A kind of chart that only
 * one component draws is registered there, so that it is fetched with it.
 */

import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js'
import annotation from 'chartjs-plugin-annotation'
import zoom from 'chartjs-plugin-zoom'

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
  annotation,
  zoom,
)
// Calm, and within the budget of a frame: what is drawn is there at once.
Chart.defaults.animation = false
Chart.defaults.maintainAspectRatio = false
Chart.defaults.responsive = true
// Titles and labels that name no font of their own.
Chart.defaults.font.family = getComputedStyle(document.documentElement).getPropertyValue('--font')
