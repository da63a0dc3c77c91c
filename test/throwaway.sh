# shellcheck shell=sh
# A throwaway PostgreSQL server with this extension, for demo/run and test/run.
#
# Everything happens in one temporary folder: a copy of the source tree, the
# build, and a PostgreSQL installation that consists of links to the real one
# plus the extension.  So nothing is installed in the system, no existing
# cluster is touched, an ordinary user needs no rights, the checkout may be
# read-only, and several runs at a time do not disturb each other.
#
# Set $top to the checkout, source this file, then call in this order
#   throwaway_need THING...      packages: installed when root, else named
#   throwaway_want THING...      the same, and no failure without
#   throwaway_folder             the folder ($work) and the copies in it
#   throwaway_build ARGUMENT...  make and make install, with these arguments
#   throwaway_server OPTION...   the server; $work/s is its socket folder
#   throwaway_do COMMAND...      run as the server's user in a clean environment

set -u
umask 022

throwaway_dir=
throwaway_child=
throwaway_keep=
throwaway_pg_config=
major=
bin=
work=

# Print the majors that Debian has, and where.
throwaway_majors() {
	echo 15=bookworm 17=trixie 18=forky 19=experimental
}

throwaway_fail() {
	printf '%s: %s\n' "$(basename "$0")" "$*" >&2
	exit 1
}

#
# Packages
#

# Choose the server: $PG_CONFIG, else the newest one of Debian's.
throwaway_choose() {
	throwaway_pg_config=${PG_CONFIG:-}
	if [ -n "$throwaway_pg_config" ]; then
		throwaway_pg_config=$(command -v "$throwaway_pg_config") ||
			throwaway_fail "PG_CONFIG=$PG_CONFIG is not a program"
		major=$("$throwaway_pg_config" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
	else
		for candidate in $(printf '%s\n' /usr/lib/postgresql/*/bin/pg_config | sort -t / -k 5 -n); do
			[ -x "$candidate" ] || continue
			throwaway_pg_config=$candidate
			major=$(echo "$candidate" | cut -d / -f 5)
		done
		if [ -z "$major" ] && command -v apt-cache >/dev/null; then
			throwaway_newest
			if [ -z "$major" ] && [ "$(id -u)" = 0 ]; then
				throwaway_apt_get update
				throwaway_newest
			fi
		fi
		if [ -z "$throwaway_pg_config" ]; then
			throwaway_pg_config=$(command -v pg_config) || true
			[ -n "$major" ] || [ -z "$throwaway_pg_config" ] ||
				major=$("$throwaway_pg_config" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
		fi
	fi
	[ -n "$major" ] ||
		throwaway_fail "no PostgreSQL found: install postgresql-server-dev-15 or later, or set PG_CONFIG"
	[ "$major" -ge 15 ] ||
		throwaway_fail "PostgreSQL $major is too old: set PG_CONFIG to that of 15 or later"
}

throwaway_newest() {
	major=$(apt-cache search --names-only '^postgresql-server-dev-[0-9]+$' |
		sed -n 's/^postgresql-server-dev-\([0-9]*\) .*/\1/p' | sort -n | tail -n 1)
}

# Call apt-get without questions; its output is shown only when it fails.
throwaway_apt_get() {
	apt_log=$(DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 \
		-o Dpkg::Options::=--force-confold "$@" 2>&1 </dev/null) || {
		apt_status=$?
		printf '%s\n' "$apt_log" | tail -n 20 >&2
		return $apt_status
	}
}

# Print the mirror of Debian that apt uses.
throwaway_archive() {
	{
		sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/debian.sources
		sed -n 's/^deb \(\[[^]]*\] \)*\([^ ]*\) .*/\2/p' /etc/apt/sources.list
	} 2>/dev/null | head -n 1
}

# Is a thing there?  Prints the package that brings it when it is not.
throwaway_probe() {
	config=$throwaway_pg_config
	case $1 in
	make) command -v make >/dev/null || echo make ;;
	gcc) command -v gcc >/dev/null && [ -e /usr/include/stdio.h ] || echo gcc libc6-dev ;;
	g++) command -v g++ >/dev/null || echo g++ ;;
	python) command -v python3 >/dev/null || echo python3 ;;
	server) [ -x "$config" ] && [ -x "$("$config" --bindir)/initdb" ] || echo "postgresql-$major" ;;
	headers)
		[ -x "$config" ] && [ -e "$("$config" --includedir-server)/postgres.h" ] &&
			[ -e "$("$config" --pgxs)" ] || echo "postgresql-server-dev-$major"
		;;
	pgtap) [ ! -x "$config" ] || [ -e "$("$config" --sharedir)/extension/pgtap.control" ] || echo "postgresql-$major-pgtap" ;;
	pg_prove) command -v pg_prove >/dev/null || echo libtap-parser-sourcehandler-pgtap-perl ;;
	ipc-run) perl -MIPC::Run -e 1 2>/dev/null || echo libipc-run-perl ;;
	indent) command -v pg_bsd_indent >/dev/null || echo pg-bsd-indent ;;
	psycopg3) /usr/bin/python3 -c 'import psycopg' 2>/dev/null || echo python3-psycopg ;;
	sqlalchemy) /usr/bin/python3 -c 'import sqlalchemy' 2>/dev/null || echo python3-sqlalchemy ;;
	django) /usr/bin/python3 -c 'import django' 2>/dev/null || echo python3-django ;;
	psycopg2) /usr/bin/python3 -c 'import psycopg2' 2>/dev/null || echo python3-psycopg2 ;;
	pgbouncer) [ -x /usr/sbin/pgbouncer ] || echo pgbouncer ;;
	odbc) [ -n "$(find /usr/lib -path '*/odbc/psqlodbcw.so' 2>/dev/null)" ] || echo odbc-postgresql ;;
	pyodbc) /usr/bin/python3 -c 'import pyodbc' 2>/dev/null || echo python3-pyodbc ;;
	jdk) command -v javac >/dev/null || echo default-jdk-headless ;;
	jdbc) [ -e /usr/share/java/postgresql.jar ] || echo libpostgresql-jdbc-java ;;
	pgrouting) [ -x "$config" ] && [ -e "$("$config" --sharedir)/extension/pgrouting.control" ] || echo "postgresql-$major-pgrouting" ;;
	icalendar) /usr/bin/python3 -c 'import icalendar' 2>/dev/null || echo python3-icalendar ;;
	markdown_it) /usr/bin/python3 -c 'import markdown_it' 2>/dev/null || echo python3-markdown-it ;;
	node) command -v node >/dev/null || echo nodejs ;;
	npm) command -v npm >/dev/null || echo npm ;;
	chromium) command -v chromium >/dev/null || echo chromium ;;
	chromedriver) command -v chromedriver >/dev/null || echo chromium-driver ;;
	qrencode) [ -e /usr/include/qrencode.h ] || echo libqrencode-dev ;;
	zbar) command -v zbarimg >/dev/null || echo zbar-tools ;;
	rsvg) command -v rsvg-convert >/dev/null || echo librsvg2-bin ;;
	noto-cjk) [ -n "$(fc-list 'Noto Sans CJK SC' 2>/dev/null)" ] || echo fontconfig fonts-noto-cjk ;;
	xmllint) command -v xmllint >/dev/null || echo libxml2-utils ;;
	scipy) /usr/bin/python3 -c 'import scipy' 2>/dev/null || echo python3-scipy ;;
	valgrind) command -v valgrind >/dev/null || echo valgrind libc6-dbg ;;
	shellcheck) command -v shellcheck >/dev/null || echo shellcheck ;;
	sqlsmith) command -v sqlsmith >/dev/null || echo sqlsmith ;;
	lemon) [ -e /usr/include/lemon/core.h ] || echo liblemon-dev ;;
	clang)
		# which one is known when the headers are there
		[ -x "$config" ] && [ -e "$("$config" --pgxs)" ] || return 0
		version=$(throwaway_clang_version)
		command -v "clang$version" >/dev/null || echo "clang$version"
		set -- /usr/lib/llvm"$version"/lib/clang/*/lib/*/libclang_rt.fuzzer*.a
		[ -e "$1" ] || echo "libclang-rt$version-dev"
		;;
	*) throwaway_fail "no probe for $1" ;;
	esac
}

# The clang that the server's headers use for bitcode, such as -14.
throwaway_clang_version() {
	if [ -x "$throwaway_pg_config" ] && [ -e "$("$throwaway_pg_config" --pgxs)" ]; then
		sed -n 's/^CLANG *= *.*clang\(-[0-9]*\)$/\1/p' \
			"$(dirname "$("$throwaway_pg_config" --pgxs)")/../Makefile.global"
	fi
}

throwaway_missing() {
	for thing in "$@"; do
		throwaway_probe "$thing"
	done | tr ' ' '\n' | sort -u | tr '\n' ' ' | sed 's/ $//'
}

throwaway_need() {
	throwaway_choose
	missing=$(throwaway_missing "$@")
	if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		throwaway_install_packages "$missing"
		[ -n "${PG_CONFIG:-}" ] || throwaway_pg_config=/usr/lib/postgresql/$major/bin/pg_config
		# what is needed may depend on what has just come (the clang)
		missing=$(throwaway_missing "$@")
		if [ -n "$missing" ]; then
			throwaway_install_packages "$missing"
			missing=$(throwaway_missing "$@")
		fi
	fi
	[ -z "$missing" ] ||
		throwaway_fail "missing: $missing (as root: apt-get update && apt-get install -y $missing)"
}

# What a test does without where it cannot be had: installed when root.
throwaway_want() {
	missing=$(throwaway_missing "$@")
	if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		throwaway_install_packages "$missing" || true
		missing=$(throwaway_missing "$@")
	fi
	[ -z "$missing" ] || echo "without $missing some tests are skipped (as root: apt-get install -y $missing)" >&2
}

# A package of the server must not make a cluster of its own.  The setting for
# that is put back where there was one.
throwaway_install_packages() {
	echo "installing $1" >&2
	conf=/etc/postgresql-common/createcluster.conf
	saved=
	mkdir -p "$(dirname "$conf")"
	if [ -e "$conf" ]; then
		saved=$(mktemp)
		cp -p "$conf" "$saved"
		sed -i '/^[[:space:]]*create_main_cluster/d' "$conf"
	fi
	echo 'create_main_cluster = false' >>"$conf"
	status=0
	# shellcheck disable=SC2086 # the list is meant to be split
	{
		apt-cache show $1 >/dev/null 2>&1 || throwaway_apt_get update || true
		throwaway_apt_get install -y --no-install-recommends $1 2>/dev/null || {
			throwaway_apt_get update || true
			throwaway_apt_get install -y --no-install-recommends $1
		}
	} || status=1
	if [ -n "$saved" ]; then
		cat "$saved" >"$conf"
		rm -f "$saved"
	fi
	return $status
}

# Run a command in a system of its own: FOLDER COMMAND...  What is mounted and
# what was started ends with it.
throwaway_inside() {
	# shellcheck disable=SC2016 # the inner shell expands these
	unshare --mount --pid --fork --kill-child sh -c '
		mount -t proc proc "$0/proc" && mkdir -p "$0/dev/shm" && mount -t tmpfs tmpfs "$0/dev/shm" &&
		exec chroot "$0" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root "$@"' "$@"
}

#
# Folder
#

# Run a command as the server's user, with nothing of the caller's environment.
# It runs in the background, so that a signal is answered at once.
throwaway_do() {
	set -- env -i "HOME=$work" "TMPDIR=$work/tmp" "LC_ALL=C.UTF-8" "PATH=$bin:/usr/local/bin:/usr/bin:/bin" "BENCH_LARGEST=${BENCH_LARGEST:-}" \
		"PG_CONFIG=$bin/pg_config" "PGHOST=$work/s" "PGUSER=postgres" "PGPORT=5432" "PGTZ=UTC" \
		"CLANG=clang$(throwaway_clang_version)" "$@"
	if [ "$(id -u)" = 0 ]; then
		set -- runuser -u "$throwaway_user" -- "$@"
	fi
	"$@" &
	throwaway_child=$!
	throwaway_status=0
	wait "$throwaway_child" || throwaway_status=$?
	throwaway_child=
	return $throwaway_status
}

throwaway_end() {
	throwaway_status=$1
	trap '' INT TERM HUP
	trap - EXIT
	cd / || true
	if [ -n "$throwaway_child" ]; then
		kill -TERM "$throwaway_child" 2>/dev/null || true
	fi
	if [ -n "$throwaway_dir" ] && [ -z "$throwaway_keep" ]; then
		find "$throwaway_dir" -name postmaster.pid -exec sed -n 1p {} \; 2>/dev/null |
			while read -r pid; do
				kill -QUIT "$pid" 2>/dev/null
				for _ in 1 2 3 4 5 6 7 8 9 10; do
					kill -0 "$pid" 2>/dev/null || break
					sleep 0.1
				done
			done
		rm -rf "$throwaway_dir" || rm -rf "$throwaway_dir"
	fi
	exit "$throwaway_status"
}

throwaway_folder() {
	throwaway_user=$(id -un)
	if [ "$(id -u)" = 0 ]; then
		throwaway_user=postgres
		id "$throwaway_user" >/dev/null 2>&1 || throwaway_user=nobody
	fi
	trap 'throwaway_end $?' EXIT
	trap 'throwaway_end 129' HUP
	trap 'throwaway_end 130' INT
	trap 'throwaway_end 143' TERM
	base=${TMPDIR:-/tmp}
	# a socket's path has at most 107 bytes, and tests add to this one
	if [ "${#base}" -gt 30 ] || [ ! -w "$base" ]; then
		base=/tmp
	fi
	throwaway_dir=$(mktemp -d "$base/salon.XXXXXX") || throwaway_fail "cannot make a folder in $base"
	work=$throwaway_dir
	bindir=$("$throwaway_pg_config" --bindir)
	bin=$work/pg$bindir
	mkdir "$work/s" "$work/tmp" "$work/source" "$work/log"
	throwaway_copy "${top:?}" "$work/source"
	cp -R "$work/source" "$work/build"

	# The installation: programs find everything else relative to themselves
	# and look through links, so they are copied; all else is linked.
	pg_config=$bindir/pg_config
	mkdir -p "$bin"
	cp -p "$bindir"/* "$bin"
	"$bin/pg_config" --version >/dev/null ||
		throwaway_fail "programs cannot run in $base: set TMPDIR to a folder where they can"
	throwaway_mirror "$("$pg_config" --sharedir)"
	throwaway_mirror "$("$pg_config" --sharedir)/extension"
	throwaway_mirror "$("$pg_config" --pkglibdir)"
	throwaway_mirror "$("$pg_config" --pkglibdir)/bitcode"
	for folder in "$("$pg_config" --includedir)" "$("$pg_config" --includedir-server)"; do
		mkdir -p "$work/pg$(dirname "$folder")"
		[ -e "$work/pg$folder" ] || ln -s "$folder" "$work/pg$folder"
	done
	if [ "$(id -u)" = 0 ]; then
		chown -R "$throwaway_user" "$work"
	fi
	cd "$work" || exit 1 # the server's user may not see where we are
}

# A folder of links to everything in a folder of the real installation.
throwaway_mirror() {
	[ -d "$1" ] || return 0
	if [ -L "$work/pg$1" ]; then
		rm "$work/pg$1"
	fi
	mkdir -p "$work/pg$1"
	ln -s "$1"/* "$work/pg$1/"
	# what is installed of the extension makes room for what is built here
	rm -f "$work/pg$1"/salon*
}

# The files of the checkout, without what a build leaves there.
throwaway_copy() {
	if git -c safe.directory='*' -C "$1" rev-parse --git-dir >/dev/null 2>&1; then
		git -c safe.directory='*' -C "$1" ls-files -coz --exclude-standard |
			tar -C "$1" --null --ignore-failed-read -T - -cf - 2>/dev/null
	else
		tar -C "$1" --exclude=./.git --exclude='*.o' --exclude='*.so' --exclude='*.bc' \
			--exclude=./sql/built --exclude=./results --exclude=./output_iso --exclude=./tmp_check -cf - .
	fi | tar -C "$2" --no-same-owner -xf - || throwaway_fail "cannot copy $1"
	[ -e "$2/salon.control" ] || throwaway_fail "cannot copy $1"
	chmod -R u+rwX "$2"
}

throwaway_build() {
	throwaway_do make -C "$work/build" "PG_CONFIG=$bin/pg_config" "$@" all install >"$work/log/build" 2>&1 || {
		cat "$work/log/build" >&2
		return 1
	}
}

# What a folder of the build needs from npm, by its lock.  This is for who calls,
# who knows the registry, and runs nothing of what comes.
throwaway_npm() {
	(cd "$work/build/$1" && npm ci --ignore-scripts --no-audit --no-fund --cache "$work/npm") >"$work/log/npm" 2>&1 &
	throwaway_child=$!
	wait "$throwaway_child" || {
		cat "$work/log/npm" >&2
		throwaway_fail "npm ci in $1 failed"
	}
	throwaway_child=
	[ "$(id -u)" != 0 ] || chown -R "$throwaway_user" "$work/build/$1"
}

#
# Server
#

throwaway_server() {
	{
		throwaway_do initdb --no-sync -A trust -U postgres -E UTF8 --locale=C.UTF-8 -D "$work/data" &&
			throwaway_do pg_ctl -D "$work/data" -l "$work/log/server" -w -t 60 start -o "-k $work/s \
				-c listen_addresses= -c port=5432 -c fsync=off -c full_page_writes=off \
				-c synchronous_commit=off -c max_prepared_transactions=10 -c log_line_prefix='%m [%p] %e ' $*"
	} >"$work/log/start" 2>&1 || {
		cat "$work/log/start" "$work/log/server" >&2 2>/dev/null
		throwaway_fail "the throwaway server does not start"
	}
}

# Leave the server up; prints how to look and how to remove it.
throwaway_leave() {
	throwaway_keep=yes
	cat >"$work/remove" <<-EOT
		#!/bin/sh
		# Stop the throwaway server and remove its folder.
		cd /
		kill -QUIT "\$(sed -n 1p '$work/data/postmaster.pid')"
		sleep 1
		rm -rf '$work'
	EOT
	echo
	echo "The server is up.  To look around:     $bin/psql -X -h $work/s -U postgres $1"
	echo "To stop it and to remove everything:   sh $work/remove"
}
