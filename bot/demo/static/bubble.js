// One message as a bubble, or as a comment under a post.

import { appendText, element, icon, link } from "./dom.js";
import { clockTime, hue, initials, size } from "./words.js";

// `look`: { isOwn, shape, quoted, onQuote, onPress, onPicture, onSize }
export function bubble(message, look) {
  const isBot = message.author === "bot";
  const box = element("article", "message");
  box.dataset.id = message.id;
  box.classList.toggle("own", look.isOwn);
  box.classList.toggle("bot", isBot);
  if (look.shape !== "private" && !look.isOwn) box.append(avatar(message.name || "Бот"));
  const body = element("div", "bubble");
  if (look.shape === "comments" || (look.shape === "group" && !look.isOwn)) body.append(author(message, isBot));
  if (look.quoted) body.append(quote(look));
  if (message.text) {
    const text = element("p", "text");
    appendText(text, message.text);
    body.append(text);
  }
  body.append(...files(message.files, look), meta(message, look));
  const column = element("div", "column");
  column.append(body, ...keyboard(message, look));
  box.append(column);
  return box;
}

export function avatar(name) {
  const circle = element("span", `avatar hue-${hue(name)}`, initials(name));
  circle.setAttribute("aria-hidden", "true");
  return circle;
}

function author(message, isBot) {
  const name = element("strong", `author hue-${hue(message.name || "Бот")}`);
  name.append(element("span", "", message.name || "Бот"));
  if (isBot) name.append(element("span", "badge", "бот"));
  return name;
}

function quote(look) {
  const button = element("button", "quote");
  button.type = "button";
  button.append(element("strong", "", look.quoted.name || "Бот"));
  button.append(element("span", "", look.quoted.text || "Вложение"));
  button.addEventListener("click", look.onQuote);
  return button;
}

function files(list, look) {
  const photos = list.filter((file) => file.is_photo);
  const made = [];
  if (photos.length) {
    const album = element("div", `album album-${Math.min(photos.length, 3)}`);
    for (const file of photos) {
      const button = element("button", "photo");
      button.type = "button";
      button.setAttribute("aria-label", `Открыть картинку ${file.name}`);
      const image = element("img");
      image.src = file.url;
      image.alt = file.name;
      image.addEventListener("load", look.onSize);
      button.append(image);
      button.addEventListener("click", () => look.onPicture(file));
      album.append(button);
    }
    made.push(album);
  }
  for (const file of list.filter((one) => !one.is_photo)) {
    const anchor = element("a", "file");
    anchor.href = file.url;
    anchor.download = file.name;
    anchor.append(icon("file"), element("span", "file-name", file.name), element("span", "file-size", size(file.size)));
    made.push(anchor);
  }
  return made;
}

function meta(message, look) {
  const line = element("span", "meta");
  if (message.edited) line.append(element("span", "", "изм."));
  const time = element("time", "", clockTime(new Date(message.at)));
  time.dateTime = message.at;
  line.append(time);
  if (look.isOwn) {
    const ticks = element("span", `ticks${message.is_taken ? " twice" : ""}`);
    ticks.title = message.is_taken ? "Принято программой" : "Отправлено";
    ticks.append(icon("check"), ...(message.is_taken ? [icon("check")] : []));
    line.append(ticks);
  }
  const reply = element("button", "reply");
  reply.type = "button";
  reply.tabIndex = -1;
  reply.append(icon("reply"), element("span", "", "Ответить"));
  line.append(reply);
  return line;
}

function keyboard(message, look) {
  if (!message.buttons.length) return [];
  const board = element("div", "keyboard");
  for (const row of message.buttons) {
    const line = element("div", "keyboard-row");
    for (const button of row) line.append(key(message, button, look));
    board.append(line);
  }
  return [board];
}

function key(message, button, look) {
  if (button.url) {
    const anchor = link(button.url, button.text);
    anchor.classList.add("key");
    return anchor;
  }
  const made = element("button", "key", button.text);
  made.type = "button";
  made.addEventListener("click", () => look.onPress(message, button, made));
  return made;
}
