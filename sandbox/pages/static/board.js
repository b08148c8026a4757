// Draws the board from /board/cards once a second. Cards are changed in place, so that what has
// the focus keeps it, and nothing is drawn while a card is in the air.
"use strict";

const board = document.getElementById("board");
const kind = board.dataset.kind;
const REFRESH_MS = 1000;
let stages = [];

function clone(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function putField(field, value) {
  if (field !== document.activeElement && field.value !== value) field.value = value;
}

function findColumn(stage) {
  const found = board.querySelector(`[data-stage-id="${CSS.escape(stage.id)}"]`);
  if (found) return found;
  const column = clone("column");
  column.dataset.stageId = stage.id;
  return board.appendChild(column);
}

function drawColumn(stage) {
  const column = findColumn(stage);
  column.dataset.stageLabel = stage.label;
  put(column.querySelector(".label"), stage.label);
  put(column.querySelector(".count"), String(stage.cards.length));
  const list = column.querySelector("ul");
  list.setAttribute("aria-label", stage.label);
  stage.cards.forEach((card, at) => placeCard(list, drawCard(card), at));
}

function placeCard(list, item, at) {
  if (list.children[at] !== item) list.insertBefore(item, list.children[at] || null);
}

function findCard(card) {
  const found = board.querySelector(`[data-ticket-id="${CSS.escape(card.id)}"]`);
  if (found) return found;
  const item = clone("card");
  item.dataset.ticketId = card.id;
  return item;
}

function drawCard(card) {
  const item = findCard(card);
  item.dataset.reference = card.reference;
  put(item.querySelector(".title"), card.title || "(no name)");
  put(item.querySelector(".organisation"), card.organisation);
  put(item.querySelector(".companies"), card.companies && `Company: ${card.companies}`);
  put(item.querySelector(".status"), card.status);
  put(item.querySelector(".reference"), card.title.includes(card.reference) ? "" : card.reference);
  const amount = item.querySelector("input");
  item.querySelector(".amount").hidden = card.amount === null;
  putField(amount, card.amount || "");
  drawStages(item.querySelector("select"), card.stage);
  drawMail(item.querySelector(".write a"), card);
  return item;
}

function drawMail(link, card) {
  link.href = `/board/cards/${card.id}/mail?object=${kind}`;
  put(link, card.mails ? `Mail with the organisation (${card.mails})` : "Write to the organisation");
}

function drawStages(select, stage) {
  if (select === document.activeElement) return;
  const known = [...select.options].map((one) => one.value + one.text).join();
  if (known !== stages.map((one) => one.id + one.label).join()) {
    select.replaceChildren(...stages.map((one) => new Option(one.label, one.id)));
  }
  putField(select, stage);
}

function dropGone(columns) {
  const ids = new Set(columns.flatMap((column) => column.cards.map((card) => card.id)));
  board.querySelectorAll("[data-ticket-id]").forEach((item) => {
    if (!ids.has(item.dataset.ticketId)) item.remove();
  });
  const stageIds = new Set(columns.map((column) => column.id));
  board.querySelectorAll("[data-stage-id]").forEach((column) => {
    if (!stageIds.has(column.dataset.stageId)) column.remove();
  });
}

async function refresh() {
  if (document.body.dataset.dragging) return;
  const answer = await fetch(`/board/cards?object=${kind}`);
  if (!answer.ok || document.body.dataset.dragging) return;
  const { pipeline, columns } = await answer.json();
  stages = columns;
  put(document.getElementById("pipeline"), pipeline);
  const focused = document.activeElement;
  dropGone(columns);
  columns.forEach(drawColumn);
  // A card that changes its column is taken out and put in again, which drops the focus.
  if (focused !== document.activeElement && board.contains(focused)) focused.focus();
}

async function poll() {
  await refresh().catch(() => {});
  setTimeout(poll, REFRESH_MS);
}

poll();
