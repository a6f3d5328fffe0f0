// What the page asks of the server.

async function answered(response) {
  if (response.ok) return response.json();
  throw new Error(`status ${response.status}`);
}

export async function get(path) {
  return answered(await fetch(`/simulator/${path}`));
}

export async function post(path, content) {
  return answered(await fetch(`/simulator/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  }));
}

export async function attach(phone, file, caption) {
  const form = new FormData();
  form.set("channel", phone.channel);
  form.set("address", phone.address);
  form.set("caption", caption);
  form.set("file", file);
  return answered(await fetch("/simulator/attach", { method: "POST", body: form }));
}
