// Where a person writes: words, files with a preview, a place, and the message that is answered or changed.

import { element, icon } from "./dom.js";
import { size } from "./words.js";

const MOST_FILES = 10;
const MOST_BYTES = 20 * 1024 * 1024;
const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)");

export class Composer {
  constructor(form, { onSend, onEdit, onProblem }) {
    this.form = form;
    this.field = form.querySelector("textarea");
    this.replying = form.querySelector(".replying");
    this.previews = form.querySelector(".previews");
    this.onSend = onSend;
    this.onEdit = onEdit;
    this.onProblem = onProblem;
    this.files = [];
    this.replyTo = "";
    this.editing = "";
    this.sent = Promise.resolve();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.field.addEventListener("input", () => this.grow());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length) {
        event.preventDefault();
        this.attach(event.clipboardData.files);
      }
    });
    const chooser = form.querySelector("input[type=file]");
    chooser.addEventListener("change", () => {
      this.attach(chooser.files);
      chooser.value = "";
    });
    this.replying.querySelector("button").addEventListener("click", () => {
      this.leave();
      this.field.focus();
    });
  }

  get isEmpty() {
    return !this.field.value.trim() && !this.files.length && !this.replyTo && !this.editing;
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && hasKeyboard.matches) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && (this.replyTo || this.editing)) {
      this.leave();
    }
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 140)}px`;
  }

  // Neither answers nor changes anything.
  leave() {
    if (this.editing) this.fill("");
    this.answer(null);
  }

  fill(words) {
    this.field.value = words;
    this.grow();
  }

  edit(message) {
    this.answer(message, "Изменить:");
    this.replyTo = "";
    this.editing = message.id;
    this.fill(message.text);
  }

  answer(message, head = "") {
    this.editing = "";
    this.replyTo = message ? message.id : "";
    this.replying.hidden = !message;
    if (!message) return;
    const words = this.replying.querySelector("span");
    words.replaceChildren(element("strong", "", head || message.name || "Бот"), " ", message.text.slice(0, 160) || "Вложение");
    this.field.focus();
  }

  attach(list) {
    for (const file of list) {
      const bytes = this.files.reduce((sum, one) => sum + one.file.size, file.size);
      if (this.files.length === MOST_FILES) return this.onProblem(`Не больше ${MOST_FILES} файлов в сообщении`);
      if (bytes > MOST_BYTES) return this.onProblem("Файлы слишком большие: вместе не больше 20 МБ");
      this.files.push({ file, url: file.type.startsWith("image/") ? URL.createObjectURL(file) : "" });
    }
    this.drawPreviews();
    this.field.focus();
  }

  drawPreviews() {
    this.previews.hidden = !this.files.length;
    this.previews.replaceChildren(...this.files.map((entry) => this.preview(entry)));
  }

  preview(entry) {
    const item = element("li", "preview");
    if (entry.url) {
      const image = element("img");
      image.src = entry.url;
      image.alt = entry.file.name;
      item.append(image);
    } else {
      item.append(icon("file"), element("span", "", `${entry.file.name} · ${size(entry.file.size)}`));
    }
    const remove = element("button", "plain");
    remove.type = "button";
    remove.setAttribute("aria-label", `Убрать ${entry.file.name}`);
    remove.append(icon("close"));
    remove.addEventListener("click", () => {
      this.files = this.files.filter((one) => one !== entry);
      if (entry.url) URL.revokeObjectURL(entry.url);
      this.drawPreviews();
      this.field.focus();
    });
    item.append(remove);
    return item;
  }

  // What was written leaves the field at once: the next words must not be lost while it is on its way.
  send() {
    const draft = { text: this.field.value.trim(), files: this.files, replyTo: this.replyTo, editing: this.editing };
    if (!draft.text && !draft.files.length) return;
    this.clear();
    this.form.classList.add("sending");
    const sent = this.sent.then(() => this.deliver(draft));
    this.sent = sent;
    sent.then(() => {
      if (this.sent === sent) this.form.classList.remove("sending");
    });
  }

  async deliver(draft) {
    try {
      if (draft.editing) {
        await this.onEdit({ message: draft.editing, text: draft.text });
      } else {
        const files = await Promise.all(draft.files.map((entry) => encoded(entry.file)));
        await this.onSend({ text: draft.text, reply_to: draft.replyTo, files });
      }
      for (const entry of draft.files) if (entry.url) URL.revokeObjectURL(entry.url);
    } catch (error) {
      if (this.isEmpty) {
        this.files = draft.files;
        this.drawPreviews();
        this.fill(draft.text);
      }
      this.onProblem(error.message);
    }
  }

  clear() {
    this.files = [];
    this.drawPreviews();
    this.fill("");
    this.answer(null);
  }
}

async function encoded(file) {
  const address = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.addEventListener("error", () => reject(new Error("Файл не читается")));
    reader.readAsDataURL(file);
  });
  return { name: file.name, mime: file.type, content: address.slice(address.indexOf(",") + 1) };
}
