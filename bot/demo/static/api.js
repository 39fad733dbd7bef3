// What the page asks the program. Every failure is an Error whose message may be shown.

export async function get(path, options = {}) {
  return answer(await fetch(`/demo/api/${path}`, options));
}

export async function post(path, body) {
  const request = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return answer(await fetch(`/demo/api/${path}`, request).catch(() => {
    throw new Error("Нет связи с программой");
  }));
}

async function answer(response) {
  if (response.ok) return response.json();
  const text = response.status === 413 ? "Файлы слишком большие" : await response.text();
  throw new Error(text.length < 200 ? text : "Не получилось");
}

// Tells `onChange` of every change until the page is closed; `onConnected` hears whether the program answers.
export async function follow(onChange, onConnected) {
  let after = "";
  for (;;) {
    try {
      const changes = await get(`changes?after=${after}`);
      onConnected(true);
      if (changes.after !== after || Object.keys(changes.chats).length) onChange(changes, after === "");
      after = changes.after;
    } catch {
      onConnected(false);
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}
