#!/bin/sh
# Make the virtual environment with pip, on a machine that may lack Debian's python3-venv.
# usage: make_environment.sh PYTHON FOLDER
set -u
python=$1
folder=$2

if ! command -v "$python" >/dev/null 2>&1; then
  echo "没有找到 $python。请先安装 Python 3.11 或更新版本。" >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "需要 Python 3.11 或更新版本，现在是 $("$python" --version)。可用 make PYTHON=python3.11 指定。" >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  echo "本机缺少 python3-venv，正在用 apt 安装……"
  if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
  if ! { $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends python3-venv; } >/dev/null; then
    echo "安装没有成功。请先运行：sudo apt install python3-venv，然后重试。" >&2
    exit 1
  fi
fi
rm -rf "$folder"
exec "$python" -m venv "$folder"
