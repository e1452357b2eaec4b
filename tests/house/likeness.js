// How alike two pictures look, measured as a short glance sees them. See test_icons_are_distinct.py.

const CELLS = 40;
const GLANCE = 0.02; // the blur of a glance: sigma, as a share of the picture's width
const NUDGES = [-1, 0, 1]; // in cells: moving a picture a little does not make it another

// Machado, Oliveira and Fernandes (2009), deuteranopia, severity 1.0; in linear light.
const DEUTERANOPIA = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
];
const GREY = Array(3).fill([0.2126, 0.7152, 0.0722]);
const COLOUR = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const VIEWS = { colour: COLOUR, grey: GREY, deuteranopia: DEUTERANOPIA };

const toLight = (byte) => {
  const c = byte / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const toByte = (light) => {
  const c = Math.min(1, Math.max(0, light));
  return 255 * (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055);
};
const LIGHT = Float32Array.from({ length: 256 }, (_, byte) => toLight(byte));
const seenAs = (matrix, [r, g, b]) => matrix.map(([x, y, z]) => x * r + y * g + z * b);

// Oklab: equal steps look equal (Ottosson 2020).
function toLab(light) {
  const [r, g, b] = light.map((c) => Math.max(0, c));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

async function draw(svg, size) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, size, size);
  pen.drawImage(image, 0, 0, size, size);
  return canvas;
}

const pixels = (canvas) =>
  canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;

// Blur along a row, white beyond the edge; then read at the middle of each cell.
function blurred(read, size) {
  const sigma = GLANCE * size;
  const reach = Math.ceil(3 * sigma);
  return Float32Array.from({ length: CELLS }, (_, cell) => {
    const middle = ((cell + 0.5) * size) / CELLS - 0.5;
    let sum = 0;
    let weights = 0;
    for (let at = Math.round(middle) - reach; at <= Math.round(middle) + reach; at += 1) {
      const weight = Math.exp(-((at - middle) ** 2) / (2 * sigma ** 2));
      sum += weight * (at < 0 || at >= size ? 1 : read(at));
      weights += weight;
    }
    return sum / weights;
  });
}

// The picture as CELLS x CELLS cells of linear light, per channel.
function glance(canvas) {
  const size = canvas.width;
  const data = pixels(canvas);
  return [0, 1, 2].map((channel) => {
    const rows = Array.from({ length: size }, (_, y) =>
      blurred((x) => LIGHT[data[4 * (y * size + x) + channel]], size),
    );
    const columns = Array.from({ length: CELLS }, (_, x) => blurred((y) => rows[y][x], size));
    return (x, y) => columns[x][y];
  });
}

// What a pair is compared by: each cell's colour, and which way its lightness rises.
function look(channels, matrix) {
  const cells = [];
  for (let y = 0; y < CELLS; y += 1) {
    for (let x = 0; x < CELLS; x += 1) {
      cells.push(toLab(seenAs(matrix, channels.map((channel) => channel(x, y)))));
    }
  }
  const lightness = (x, y) => (cells[y * CELLS + x] ?? [1])[0];
  const slopes = cells.map((_, at) => {
    const [x, y] = [at % CELLS, Math.floor(at / CELLS)];
    if (x === 0 || y === 0 || x === CELLS - 1 || y === CELLS - 1) return [0, 0];
    return [lightness(x + 1, y) - lightness(x - 1, y), lightness(x, y + 1) - lightness(x, y - 1)];
  });
  return { cells, slopes };
}

const isPaper = ([l, a, b]) => l > 0.99 && Math.hypot(a, b) < 0.01;

function apart(one, other, dx, dy) {
  let tone = 0;
  let painted = 0;
  let along = 0;
  let mine = 0;
  let theirs = 0;
  for (let y = 0; y < CELLS; y += 1) {
    for (let x = 0; x < CELLS; x += 1) {
      const inside = x + dx >= 0 && x + dx < CELLS && y + dy >= 0 && y + dy < CELLS;
      const there = (y + dy) * CELLS + x + dx;
      const a = one.cells[y * CELLS + x];
      const b = inside ? other.cells[there] : [1, 0, 0];
      const [ax, ay] = one.slopes[y * CELLS + x];
      const [bx, by] = inside ? other.slopes[there] : [0, 0];
      if (!isPaper(a) || !isPaper(b)) {
        painted += 1;
        tone += Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
      }
      along += ax * bx + ay * by;
      mine += ax * ax + ay * ay;
      theirs += bx * bx + by * by;
    }
  }
  const structure = 1 - Math.max(0, along / Math.sqrt(mine * theirs));
  return [tone / painted, structure];
}

function distance(one, other) {
  const nudged = NUDGES.flatMap((dx) => NUDGES.map((dy) => apart(one, other, dx, dy)));
  return Math.min(...nudged.map(([tone, structure]) => (tone + structure) / 2));
}

// [{one, other, size, view, distance}] for every pair of names, at every size, in every view.
async function distances(pictures, pairs, sizes) {
  const found = [];
  for (const size of sizes) {
    const glances = {};
    for (const [name, svg] of Object.entries(pictures)) glances[name] = glance(await draw(svg, size));
    for (const [view, matrix] of Object.entries(VIEWS)) {
      const looks = {};
      for (const name in glances) looks[name] = look(glances[name], matrix);
      for (const [one, other] of pairs) {
        found.push({ one, other, size, view, distance: distance(looks[one], looks[other]) });
      }
    }
  }
  return found;
}

function repaint(canvas, matrix) {
  const pen = canvas.getContext("2d");
  const image = pen.getImageData(0, 0, canvas.width, canvas.height);
  const { data } = image;
  for (let at = 0; at < data.length; at += 4) {
    const light = [LIGHT[data[at]], LIGHT[data[at + 1]], LIGHT[data[at + 2]]];
    seenAs(matrix, light).forEach((c, channel) => (data[at + channel] = toByte(c)));
  }
  pen.putImageData(image, 0, 0);
}

// Lay every picture of every set on the page, in each size and view.
async function contactSheet(sets, pictures, sizes) {
  for (const [set, names] of Object.entries(sets)) {
    document.body.append(Object.assign(document.createElement("h2"), { textContent: set }));
    for (const name of names) {
      const figure = document.createElement("figure");
      for (const size of sizes) {
        for (const matrix of Object.values(VIEWS)) {
          const canvas = await draw(pictures[name], size);
          repaint(canvas, matrix);
          figure.append(canvas);
        }
      }
      figure.append(Object.assign(document.createElement("figcaption"), { textContent: name }));
      document.body.append(figure);
    }
  }
}
