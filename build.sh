#!/usr/bin/env bash
# Builds, tests, measures and publishes the mesh. Runs from any folder; `./build.sh help` lists the verbs.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
solution=$root/Mesh.slnx
artifacts=$root/artifacts
results=$artifacts/test-results

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1

usage() {
  cat <<'TEXT'
usage: ./build.sh [VERB] [--stack system|nuget]

  (none)               restore, build in Release, write the launcher artifacts/meshnode
  demo                 build, then show two nodes that find, trust and watch each other
  test [--filter F]    locked restore, build, format check, tests; ends with "N passed, N failed, N skipped"
  soak [SECONDS]       build, then the long tests, and both profiles of charts against their reference interpreters
  fuzz [--count N] [--seed S] [--target T] [--minutes M]
                       build, then give every parser (or one) N bad inputs; findings are kept as regressions
  bench [NAME...] [--json FILE]
                       build, measure all or the named things, print one table beside baselines
  format               mend the formatting
  publish              a portable folder in artifacts/publish/meshnode (needs the .NET runtime to run)
  clean                delete artifacts/
  help                 this text

Needs the .NET SDK that global.json asks for, and one of two stacks of libraries below the mesh:
  system   libzmq5 and libsodium23 of the machine, installed with apt-get where that is allowed (root, or sudo
           without a password); taken where they are there or may be installed
  nuget    the packages NetMQ, NSec.Cryptography and MessagePack; taken elsewhere, so nobody needs root
--stack (or MeshStack in the environment) decides it otherwise. One line says which stack it is, and why.
TEXT
}

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "build.sh: $*"
  exit 1
}

# ---- what the machine must have ------------------------------------------------------------------------------------

check_sdk() {
  local wanted found
  wanted=$(sed -n 's/.*"version": *"\([0-9.]*\)".*/\1/p' "$root/global.json")
  command -v dotnet >/dev/null 2>&1 ||
    fail "the .NET SDK $wanted is missing: install it from https://dot.net/download and put dotnet in PATH"

  # The SDK's own programs want ICU unless they are told to do without; the mesh itself is culture-invariant.
  if [ "$(uname -s)" = Linux ] && ! has_library libicuuc.so; then
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
  fi

  if ! (cd "$root" && dotnet --version) >/dev/null 2>&1; then
    found=$(dotnet --list-sdks 2>/dev/null | sed 's/ .*//' | paste -sd' ' - || true)
    fail "the .NET SDK $wanted or a later feature band of it is missing (found: ${found:-none}):" \
      "install it from https://dot.net/download"
  fi
}

# True when the loader can find a shared library whose file name begins with $1.
has_library() {
  local folder known
  known=$({ ldconfig -p || /sbin/ldconfig -p; } 2>/dev/null || true)
  case $known in
    *"	$1"*) return 0 ;;
  esac

  local folders="${LD_LIBRARY_PATH:-}:${DYLD_LIBRARY_PATH:-}:/lib:/lib64:/usr/lib:/usr/lib64:/usr/local/lib"
  folders="$folders:/usr/lib/$(uname -m)-linux-gnu:/opt/homebrew/lib"
  local IFS=:
  for folder in $folders; do
    if [ -n "$folder" ] && compgen -G "$folder/$1*" >/dev/null; then
      return 0
    fi
  done
  return 1
}

may_install() {
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >&2
}

# A new machine or container often has no package lists at all: then the first try fails and the second has them.
install_packages() {
  say "build.sh: installing $*"
  apt_install "$@" || { as_root apt-get update >&2 && apt_install "$@"; }
}

# Sets missing to the packages of the libraries that the system stack lacks.
find_missing() {
  missing=()
  case $(uname -s) in
    Linux)
      has_library libzmq.so.5 || missing+=(libzmq5)
      has_library libsodium.so.23 || missing+=(libsodium23)
      ;;
    Darwin)
      has_library libzmq.5.dylib || missing+=(zeromq)
      has_library libsodium. || missing+=(libsodium)
      ;;
  esac
}

# Decides on the stack, exports it for MSBuild, which reads properties from the environment, and says why.
choose_stack() {
  local missing reason
  find_missing

  if [ -n "$asked_stack" ]; then
    reason="asked for"
  elif [ -n "${MeshStack:-}" ]; then
    asked_stack=$MeshStack
    reason="MeshStack is set"
  elif [ "$(uname -s)" != Linux ] && [ "$(uname -s)" != Darwin ]; then
    asked_stack=nuget
    reason="libzmq and libsodium are no system libraries here"
  elif [ ${#missing[@]} -eq 0 ]; then
    asked_stack=system
    reason="libzmq and libsodium are installed"
  elif may_install; then
    asked_stack=system
    reason="${missing[*]} may be installed"
  else
    asked_stack=nuget
    reason="${missing[*]} missing, and this user may not install packages of the system"
  fi

  case $asked_stack in
    system) below= ;;
    nuget) below=nuget/ ;;
    *) fail "there is no stack \"$asked_stack\": system or nuget" ;;
  esac
  export MeshStack=$asked_stack
  say "build.sh: stack $MeshStack ($reason)"
}

# The packaged stack brings its libraries along.
check_libraries() {
  [ "$MeshStack" = system ] || return 0
  local missing
  find_missing
  [ ${#missing[@]} -gt 0 ] || return 0

  if [ "$(uname -s)" = Darwin ]; then
    fail "libraries are missing; run: brew install ${missing[*]}, or ./build.sh --stack nuget"
  elif ! may_install || ! install_packages "${missing[@]}"; then
    fail "libraries are missing; run: sudo apt-get update && sudo apt-get install -y ${missing[*]}," \
      "or ./build.sh --stack nuget"
  fi
}

# Tests in network namespaces need ip and nft, and root. Without them those tests are skipped and say so.
install_test_tools() {
  [ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ] || return 0
  local missing=()
  PATH=$PATH:/usr/sbin:/sbin command -v ip >/dev/null 2>&1 || missing+=(iproute2)
  PATH=$PATH:/usr/sbin:/sbin command -v nft >/dev/null 2>&1 || missing+=(nftables)
  [ ${#missing[@]} -gt 0 ] || return 0

  if ! may_install || ! install_packages "${missing[@]}"; then
    say "build.sh: going on without ${missing[*]}: tests in network namespaces will be skipped"
  fi
}

check_machine() {
  check_sdk
  choose_stack
  check_libraries
}

# ---- build ---------------------------------------------------------------------------------------------------------

build() {
  dotnet build "$solution" -c Release --no-restore -v quiet "$@"
}

# Writes a launcher ($1) that starts meshnode.dll in the folder $2, given relative to the launcher, so that the
# whole folder may be moved.
write_launcher() {
  cat >"$1" <<LAUNCHER
#!/bin/sh
# Starts meshnode with the .NET runtime, from any folder and through symbolic links.
self=\$0
while [ -h "\$self" ]; do
  folder=\$(dirname "\$self")
  self=\$(readlink "\$self")
  case \$self in
    /*) ;;
    *) self=\$folder/\$self ;;
  esac
done
folder=\$(cd "\$(dirname "\$self")" && pwd -P)
dotnet=dotnet
if [ -n "\${DOTNET_ROOT:-}" ] && [ -x "\$DOTNET_ROOT/dotnet" ]; then
  dotnet=\$DOTNET_ROOT/dotnet
elif ! command -v dotnet >/dev/null 2>&1; then
  echo "meshnode: the .NET runtime is missing: install it from https://dot.net/download" >&2
  exit 1
fi
exec "\$dotnet" "\$folder/$2meshnode.dll" "\$@"
LAUNCHER
  chmod +x "$1"
}

verb_build() {
  check_machine
  dotnet restore "$solution" -v quiet
  build
  write_launcher "$artifacts/meshnode" "${below}bin/Mesh.Node/release/"
  say "built; try: $artifacts/meshnode --help"
}

# ---- test ----------------------------------------------------------------------------------------------------------

# Prints the skipped tests with their reasons and the sums of all result files; sets passed, failed, skipped.
read_results() {
  passed=0 failed=0 skipped=0
  local file counters total executed good
  for file in "$results"/*.trx; do
    [ -e "$file" ] || continue
    counters=$(sed -n 's/.*<Counters \([^>]*\)>.*/\1/p' "$file")
    total=$(counter "$counters" total)
    executed=$(counter "$counters" executed)
    good=$(counter "$counters" passed)
    passed=$((passed + good))
    failed=$((failed + executed - good))
    skipped=$((skipped + total - executed))
    list_skipped "$file"
  done
}

counter() {
  local value=${1#*"$2=\""}
  printf '%s' "${value%%\"*}"
}

# Reads a result file twice: the definitions name the class of each test, the results hold the outcome and the reason.
list_skipped() {
  awk '
    function attribute(line, name) {
      if (!match(line, " " name "=\"[^\"]*\"")) { return "" }
      return substr(line, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
    }
    function plain(text) {
      gsub(/&quot;/, "\"", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&#x[DA];/, " ", text)
      gsub(/&amp;/, "\\&", text)
      return text
    }
    NR == FNR {
      if (/<UnitTest /) { id = attribute($0, "id") }
      if (/<TestMethod /) { class[id] = attribute($0, "className") }
      next
    }
    /<UnitTestResult / && /outcome="NotExecuted"/ {
      name = class[attribute($0, "testId")] "." attribute($0, "testName"); reason = ""; skipped = 1
    }
    skipped && /<Message>/ { message = 1; sub(/.*<Message>/, "") }
    message {
      last = sub(/<\/Message>.*/, "")
      reason = reason (reason == "" ? "" : " ") $0
      if (last) { message = 0 }
    }
    skipped && (/<\/UnitTestResult>/ || /\/>$/) {
      print plain("skipped: " name (reason == "" ? "" : " (" reason ")")); skipped = 0
    }' "$1" "$1"
}

# The lock files are those of the system stack.
restore_locked() {
  if [ "$MeshStack" = system ]; then
    dotnet restore "$solution" --locked-mode -v quiet
  else
    dotnet restore "$solution" -v quiet
  fi
}

verb_test() {
  local filter=()
  while [ $# -gt 0 ]; do
    case $1 in
      --filter)
        [ $# -ge 2 ] || fail "--filter needs a value; see ./build.sh help"
        filter=(--filter "$2")
        shift 2
        ;;
      --filter=*)
        filter=(--filter "${1#--filter=}")
        shift
        ;;
      *) fail "test does not know \"$1\"; see ./build.sh help" ;;
    esac
  done

  check_machine
  install_test_tools
  restore_locked
  build
  write_launcher "$artifacts/meshnode" "${below}bin/Mesh.Node/release/"
  dotnet format "$solution" --verify-no-changes --no-restore

  rm -rf "$results"
  local outcome=0
  dotnet test "$root/Mesh.Tests/Mesh.Tests.csproj" -c Release --no-build --nologo \
    --logger "console;verbosity=minimal" --logger trx --results-directory "$results" --blame-hang-timeout 120s --blame-hang-dump-type none \
    ${filter[@]+"${filter[@]}"} || outcome=$?

  local passed failed skipped
  read_results
  if [ $((passed + failed)) -eq 0 ]; then
    say "build.sh: no test ran"
    outcome=1
  elif [ "$failed" -gt 0 ]; then
    outcome=1
  fi
  [ "$outcome" -eq 0 ] || say "build.sh: the tests did not pass; details above and in $results"
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [ "$outcome" -eq 0 ] || exit 1
}

# ---- the other verbs -----------------------------------------------------------------------------------------------

verb_soak() {
  check_machine
  dotnet restore "$solution" -v quiet
  build
  MESH_SCXML_CHARTS=${MESH_SCXML_CHARTS:-10000} MESH_SCXML_EVENTS=${MESH_SCXML_EVENTS:-200} \
    MESH_ORACLE_CASES=${MESH_ORACLE_CASES:-10000} MESH_ORACLE_EVENTS=${MESH_ORACLE_EVENTS:-200} \
    MESH_SOAK_SECONDS=${1:-30} exec dotnet test "$root/Mesh.Tests/Mesh.Tests.csproj" -c Release --no-build --nologo \
    --logger "console;verbosity=detailed" --filter "TestCategory=Soak|FullyQualifiedName~AgainstOracle"
}

verb_bench() {
  check_machine
  dotnet restore "$solution" -v quiet
  build
  exec dotnet "$artifacts/${below}bin/Mesh.Bench/release/Mesh.Bench.dll" "$@"
}

verb_fuzz() {
  check_machine
  dotnet restore "$root/Mesh.Tests/Mesh.Tests.csproj" -v quiet
  dotnet build "$root/Mesh.Tests/Mesh.Tests.csproj" -c Release --no-restore -v quiet
  exec dotnet "$artifacts/${below}bin/Mesh.Tests/release/Mesh.Tests.dll" fuzz "$@"
}

verb_demo() {
  check_machine
  dotnet restore "$root/Mesh.Node/Mesh.Node.csproj" -v quiet
  dotnet build "$root/Mesh.Node/Mesh.Node.csproj" -c Release --no-restore -v quiet
  exec dotnet "$artifacts/${below}bin/Mesh.Node/release/meshnode.dll" demo
}

verb_format() {
  check_sdk
  choose_stack
  dotnet restore "$solution" -v quiet
  dotnet format "$solution" --no-restore
}

verb_publish() {
  check_machine
  local folder=$artifacts/publish/meshnode
  rm -rf "$folder"
  dotnet publish "$root/Mesh.Node/Mesh.Node.csproj" -c Release -o "$folder" --no-self-contained \
    -p:UseAppHost=false -v quiet
  write_launcher "$folder/meshnode" ""
  printf '@dotnet "%%~dp0meshnode.dll" %%*\r\n' >"$folder/meshnode.cmd"
  [ "$MeshStack" = system ] || report_natives "$folder"
  say "published to $folder; start it with meshnode (sh) or meshnode.cmd (Windows)"
}

# Says for which systems the packaged stack's one native library travels along, and for which it does not.
report_natives() {
  local system with=() without=()
  for system in linux-x64 linux-arm64 linux-arm win-x64 osx-x64 osx-arm64; do
    if compgen -G "$1/runtimes/$system/native/libsodium.*" >/dev/null; then
      with+=("$system")
    else
      without+=("$system")
    fi
  done

  say "build.sh: libsodium is in the folder for: ${with[*]:-no system}"
  [ ${#without[@]} -eq 0 ] ||
    say "build.sh: libsodium is NOT in the folder for: ${without[*]} (the restored package has none for them)"
}

verb_clean() {
  rm -rf "$artifacts"
}

# --stack may stand anywhere, before the verb or after it.
asked_stack='' below=''
rest=()
while [ $# -gt 0 ]; do
  case $1 in
    --stack)
      [ $# -ge 2 ] || fail "--stack needs a value: system or nuget"
      asked_stack=$2
      shift 2
      ;;
    --stack=*)
      asked_stack=${1#--stack=}
      shift
      ;;
    *)
      rest+=("$1")
      shift
      ;;
  esac
done
set -- ${rest[@]+"${rest[@]}"}

verb=${1-}
[ $# -eq 0 ] || shift
case $verb in
  '') verb_build ;;
  test) verb_test "$@" ;;
  soak) verb_soak "$@" ;;
  demo) verb_demo ;;
  fuzz) verb_fuzz "$@" ;;
  bench) verb_bench "$@" ;;
  format) verb_format ;;
  publish) verb_publish ;;
  clean) verb_clean ;;
  help | -h | --help) usage ;;
  *)
    say "build.sh: unknown verb \"$verb\"; see ./build.sh help"
    exit 2
    ;;
esac
