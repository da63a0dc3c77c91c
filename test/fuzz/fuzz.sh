# shellcheck shell=sh
# Sourced by the fuzzers: fuzz_core NAME SECONDS MAX_LENGTH SOURCE... runs
# NAME_fuzz.c with the sources under libFuzzer, where a compiler has it.
# Needs $here, the folder of the fuzzers, and $out, a folder for what is built.

fuzz_core() {
	fuzz_name=$1
	fuzz_seconds=$2
	fuzz_length=$3
	shift 3
	# the clang that the server is made with, or any
	fuzz_cc=$(command -v "${CLANG:-clang}" || command -v clang-14 || true)
	if [ -z "$fuzz_cc" ] || ! echo 'int LLVMFuzzerTestOneInput(const unsigned char *d, unsigned long n) { return 0; }' |
		"$fuzz_cc" -w -x c - -fsanitize=fuzzer -o "${out:?}/probe" 2>/dev/null; then
		echo 'fuzzing: no compiler with libFuzzer, skipped'
		return 0
	fi
	"$fuzz_cc" -std=gnu99 -g -O1 -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare \
		-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		-o "$out/fuzz" "${here:?}/${fuzz_name}_fuzz.c" "$@" -lm
	mkdir "$out/corpus"
	set -- "$out/corpus"
	[ ! -d "$here/corpus/$fuzz_name" ] || set -- "$@" "$here/corpus/$fuzz_name"
	[ ! -f "$here/$fuzz_name.dict" ] || set -- "-dict=$here/$fuzz_name.dict" "$@"
	if ! (cd "$out" && ./fuzz -max_total_time="$fuzz_seconds" -max_len="$fuzz_length" -timeout=20 \
		-rss_limit_mb=1024 -print_final_stats=1 "$@" >"$out/log" 2>&1); then
		tail -n 60 "$out/log"
		for found in "$out"/crash-* "$out"/timeout-* "$out"/oom-*; do
			[ ! -f "$found" ] || od -c "$found" | head -n 40
		done
		return 1
	fi
	grep -E 'number_of_executed_units|new_units_added' "$out/log"
}
