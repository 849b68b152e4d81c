/** The parts of Chart.js that the pages draw with; importing this file registers them once. */

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
import { MatrixController, MatrixElement } from 'chartjs-chart-matrix'
import { Flow, SankeyController } from 'chartjs-chart-sankey'
import { TreemapController, TreemapElement } from 'chartjs-chart-treemap'
import annotation from 'chartjs-plugin-annotation'
import zoom from 'chartjs-plugin-zoom'

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  Flow,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  MatrixController,
  MatrixElement,
  PointElement,
  SankeyController,
  ScatterController,
  Tooltip,
  TreemapController,
  TreemapElement,
  annotation,
  zoom,
)
// Calm, and within the budget of a frame: what is drawn is there at once.
Chart.defaults.animation = false
Chart.defaults.maintainAspectRatio = false
Chart.defaults.responsive = true
