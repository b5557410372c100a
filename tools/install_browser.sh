#!/bin/sh
# See that the tests have Debian's chromium and a Chinese font; install what is missing where that is allowed.
# Where it isn't, say so: the tests then skip what needs them, or fail with CI=true.
set -u
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
{ command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh)" ]; } || missing="$missing fonts-noto-cjk fontconfig"
# What drives the browser is a Node that needs it; a minimal Debian lacks it.
[ -n "$(find /usr/lib /lib -name 'libatomic.so.1' -print -quit 2>/dev/null)" ] || missing="$missing libatomic1"
[ -n "$missing" ] || exit 0
echo "正在用 apt 安装测试所需的：$missing"
if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
# shellcheck disable=SC2086
if ! { $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1; then
  echo "没有装上 $missing：浏览器测试将跳过（CI=true 时算失败）。手动安装：sudo apt install $missing" >&2
fi
