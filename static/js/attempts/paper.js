/* The paper on the phone: one question at a time, answers kept on the phone,
   a submit that retries. Without it the page is one plain form. ES2018. */
(function () {
  "use strict";
  const form = document.getElementById("paper");
  const part = (id) => document.getElementById(id);
  const questions = Array.from(form.querySelectorAll("fieldset"));
  const inputs = Array.from(form.querySelectorAll("input[type=radio],input[type=checkbox]"));
  const fields = Array.from(form.querySelectorAll("input[type=text]"));
  const cases = Array.from(form.querySelectorAll(".case"));
  const key = "paper:" + form.dataset.attempt;
  const WEEK = 7 * 24 * 3600 * 1000;
  let current = 0;
  let checking = false;
  let submitting = false;
  let timer = 0;
  let wait = 2;

  /* Reloading the page fetches the open paper again instead of repeating 开始答题. */
  history.replaceState(null, "", location.href);

  const say = (text) => { part("state").textContent = text; };

  const answered = (question) => question.querySelector("input:checked") !== null
    || fields.some((field) => question.contains(field) && field.value.trim());

  function save(pending) {
    const chosen = inputs.map((input, n) => (input.checked ? n : -1)).filter((n) => n >= 0);
    const typed = fields.map((field) => field.value);
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), chosen, typed, current, pending }));
      return true;
    } catch (error) {
      return false;
    }
  }

  function restore() {
    try {
      Object.keys(localStorage).filter((name) => name.startsWith("paper:")).forEach((name) => {
        const kept = JSON.parse(localStorage.getItem(name));
        if (name !== key && Date.now() - kept.at > WEEK) localStorage.removeItem(name);
      });
      const kept = JSON.parse(localStorage.getItem(key));
      if (!kept) return false;
      kept.chosen.forEach((n) => { if (inputs[n]) inputs[n].checked = true; });
      (kept.typed || []).forEach((text, n) => { if (fields[n]) fields[n].value = text; });
      current = Math.min(kept.current, questions.length - 1);
      say("已恢复您上次选好的答案。");
      return kept.pending;
    } catch (error) {
      return false;
    }
  }

  function show() {
    const last = current === questions.length - 1;
    questions.forEach((question, n) => { question.hidden = checking || n !== current; });
    cases.forEach((one) => { one.hidden = checking || one.id !== questions[current].dataset.case; });
    part("check").hidden = !checking;
    part("previous").hidden = checking || current === 0;
    part("next").hidden = checking || last;
    part("hand-in").hidden = !checking && !last;
    part("hand-in").textContent = checking ? "仍然提交" : "提交答卷";
    part("place").textContent = checking ? "交卷前检查" : "第 " + (current + 1) + " 题，共 " + questions.length + " 题";
    part("progress").value = questions.filter(answered).length;
    inputs.forEach((input) => input.parentNode.classList.toggle("chosen", input.checked));
  }

  /* A long case is folded at each of its questions, so that the answers stand in reach. */
  function fold() {
    cases.filter((one) => !one.hidden).forEach((one) => {
      const text = one.querySelector(".lines");
      const button = one.querySelector(".unfold");
      const set = (folded) => {
        one.classList.toggle("folded", folded);
        button.textContent = folded ? "展开全部材料" : "收起材料";
      };
      set(true);
      button.hidden = text.scrollHeight <= text.clientHeight + 1;
      set(!button.hidden);
      button.onclick = () => set(!one.classList.contains("folded"));
    });
  }

  function go(n) {
    current = n;
    checking = false;
    show();
    fold();
    save(false);
    questions[n].focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  function check() {
    const open = questions.map((question, n) => (answered(question) ? 0 : n + 1)).filter(Boolean);
    if (!open.length) return true;
    checking = true;
    part("missing").textContent = "还有 " + open.length + " 题没有作答：第 " + open.join("、") + " 题。";
    part("back").onclick = () => go(open[0] - 1);
    show();
    part("check").focus();
    return false;
  }

  function leave(response) {
    try { localStorage.removeItem(key); } catch (error) { /* nothing was kept */ }
    if (response.redirected) location.replace(response.url);
    else form.submit(); /* the first result comes again, as a page */
  }

  function retry() {
    say("网络不通，答卷已保存在手机，联网后自动提交。请不要清除浏览器数据。");
    clearTimeout(timer);
    timer = setTimeout(send, wait * 1000);
    wait = Math.min(wait * 2, 30);
  }

  function send() {
    clearTimeout(timer);
    say("正在提交…");
    const body = new URLSearchParams(new FormData(form));
    fetch(form.action, { method: "POST", body, credentials: "same-origin" }).then((response) => {
      if (response.ok) leave(response);
      else if (response.status >= 500 || response.status === 429) retry();
      else form.submit(); /* the page says what to do */
    }, retry);
  }

  function submit() {
    if (submitting) return;
    submitting = true;
    part("hand-in").disabled = true;
    part("previous").disabled = true;
    part("back").disabled = true;
    save(true);
    send();
  }

  function tick(end) {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    const text = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    part("clock").textContent = left ? "剩余 " + text : "时间到";
    if (left === 60) say("还剩 1 分钟。");
    if (left === 0 && !submitting) submit();
    else setTimeout(tick, 500, end);
  }

  function keep() {
    say(save(false) ? "答案已保存在手机。" : "这部手机不能保存答案，请不要关闭本页。");
    show();
  }

  form.addEventListener("change", keep);
  form.addEventListener("input", keep);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && fields.includes(event.target) && !event.isComposing) event.target.blur();
  });
  part("previous").onclick = () => go(current - 1);
  part("next").onclick = () => go(current + 1);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (checking || check()) submit();
  });
  window.addEventListener("online", () => { if (submitting) send(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  part("bar").hidden = false;
  say("答案会自动保存在这部手机上。");
  const pending = restore();
  show();
  fold();
  if (pending) submit();
  if (form.dataset.seconds) tick(Date.now() + Number(form.dataset.seconds) * 1000);
})();
