import { must } from '../../../shared/model/refusal'
import { jpegOf } from './jpeg'

/** A picture ready to be sent. */
export type Picture = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

/** The pictures that can be drawn here. */
export const SAMPLES = ['leak', 'lamp', 'door'] as const
type Sample = (typeof SAMPLES)[number]

const WIDTH = 960
const HEIGHT = 720

/** Draws a small scene, a little different each time as photos are, and gives it as JPEG. */
export async function drawSample(sample: Sample, name: string): Promise<Picture> {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const pen = must(canvas.getContext('2d'), 'canvas to draw on')
  SCENES[sample](pen)
  addGrain(pen)
  return { name, bytes: await jpegOf(canvas) }
}

type Pen = CanvasRenderingContext2D

const SCENES: Readonly<Record<Sample, (pen: Pen) => void>> = {
  leak: drawLeak,
  lamp: drawLamp,
  door: drawDoor,
}

function drawLeak(pen: Pen): void {
  fill(pen, '#c9c0ae', 0, 0, WIDTH, HEIGHT)
  pen.strokeStyle = '#b3a993'
  pen.lineWidth = 4
  for (let x = 0; x <= WIDTH; x += 160) line(pen, x, 0, x, HEIGHT)
  for (let y = 0; y <= HEIGHT; y += 160) line(pen, 0, y, WIDTH, y)
  pen.strokeStyle = '#f1efe9'
  pen.lineWidth = 54
  pen.lineCap = 'round'
  pen.beginPath()
  pen.moveTo(430, 0)
  pen.lineTo(430, 300)
  pen.arc(530, 300, 100, Math.PI, 0, true)
  pen.lineTo(630, 180)
  pen.lineTo(WIDTH, 180)
  pen.stroke()
  ellipse(pen, 'rgb(120 150 160 / 75%)', 500, 590, 330 + Math.random() * 60, 96)
  ellipse(pen, 'rgb(205 222 226 / 60%)', 450, 572, 150, 30)
  for (let drop = 0; drop < 4; drop += 1) ellipse(pen, '#8fb0b8', 530, 420 + drop * 34, 7, 13)
}

function drawLamp(pen: Pen): void {
  fill(pen, '#3b3833', 0, 0, WIDTH, HEIGHT)
  fill(pen, '#4b4740', 0, 470, WIDTH, 250)
  pen.strokeStyle = '#5b564d'
  pen.lineWidth = 10
  for (let step = 0; step < 6; step += 1) line(pen, 90 + step * 130, 470 + step * 44, WIDTH, 470 + step * 44)
  fill(pen, '#24221f', 330, 70, 300, 46)
  fill(pen, '#8d8779', 350, 82, 260, 22)
  fill(pen, 'rgb(255 226 150 / 22%)', 350, 82, 60 + Math.random() * 60, 22)
}

function drawDoor(pen: Pen): void {
  fill(pen, '#a6a096', 0, 0, WIDTH, HEIGHT)
  fill(pen, '#3f5f58', 250, 40, 470, 680)
  fill(pen, '#35524b', 300, 100, 370, 240)
  fill(pen, '#35524b', 300, 400, 370, 280)
  fill(pen, '#d8d3c6', 270, 350, 44, 120)
  fill(pen, '#efece3', 280, 378 + Math.random() * 20, 130, 22)
  ellipse(pen, '#2b2a27', 292, 448, 7, 10)
}

/** A little noise, so that two pictures of one thing are two pictures. */
function addGrain(pen: Pen): void {
  for (let dot = 0; dot < 1400; dot += 1) {
    pen.fillStyle = Math.random() < 0.5 ? 'rgb(255 255 255 / 7%)' : 'rgb(0 0 0 / 7%)'
    pen.fillRect(Math.random() * WIDTH, Math.random() * HEIGHT, 3, 3)
  }
}

function fill(pen: Pen, colour: string, x: number, y: number, width: number, height: number): void {
  pen.fillStyle = colour
  pen.fillRect(x, y, width, height)
}

function line(pen: Pen, fromX: number, fromY: number, toX: number, toY: number): void {
  pen.beginPath()
  pen.moveTo(fromX, fromY)
  pen.lineTo(toX, toY)
  pen.stroke()
}

function ellipse(pen: Pen, colour: string, x: number, y: number, width: number, height: number): void {
  pen.fillStyle = colour
  pen.beginPath()
  pen.ellipse(x, y, width, height, 0, 0, Math.PI * 2)
  pen.fill()
}
