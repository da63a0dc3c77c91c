# salon: a community back end inside PostgreSQL.
#
#   make, make install, make installcheck    as every extension's; PG_CONFIG= chooses the server
#   make demo, make test                     all set-up included, on a throwaway server; make demo ALL=1 shows all, OUT=folder writes its documents
#   make web                                 the demo in the browser, until Ctrl-C
#   make test-long                           load, faults, hostile input, other majors: hours, writes doc/trust.md
#   make coverage                            lines of src that the tests run
#   make bench                               allocate beside its peers, one event among many; writes doc/performance.md
#
# Needs only PGXS.  Works out of tree too (make -f .../Makefile VPATH=...).

EXTENSION    = salon
MODULE_big   = salon
PGFILEDESC   = "salon - community back end with exact matching"

# Debian's pg_buildext builds outside the source tree (VPATH).
SRCDIR      := $(if $(VPATH),$(VPATH)/,)
EXTVERSION  := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(SRCDIR)salon.control)

OBJS = \
	src/salon.o \
	src/bundle/bundle.o \
	src/core/bundle_core.o \
	src/bundle/bundle_gin.o \
	src/bundle/bundle_selfuncs.o \
	src/reading/say.o \
	src/reading/memory.o \
	src/reading/intern.o \
	src/matching/allocate.o \
	src/core/allocate/allocate_core.o \
	src/core/allocate/network_simplex_core.o \
	src/core/allocate/network_simplex_wide_core.o \
	src/core/allocate/scaling_core.o \
	src/core/allocate/scaling_narrow_core.o \
	src/core/allocate/scaling_wide_core.o \
	src/core/allocate/auction_core.o \
	src/core/allocate/dense_core.o \
	src/core/allocate/dense_narrow_core.o \
	src/core/allocate/dense_wide_core.o \
	src/core/allocate/tiers_core.o \
	src/core/allocate/exact_core.o \
	src/reading/rows.o \
	src/matching/apportion.o \
	src/core/apportion_core.o \
	src/matching/bradley_terry.o \
	src/core/bradley_terry_core.o \
	src/matching/stable_match.o \
	src/core/stable_match_core.o \
	src/matching/barter.o \
	src/core/barter/barter_core.o \
	src/core/barter/cover_core.o \
	src/core/barter/matching_core.o \
	src/core/barter/packing_core.o \
	src/core/barter/relaxation_core.o \
	src/core/barter/local_search_core.o \
	src/core/scale_core.o \
	src/time/zone.o \
	src/time/recurrence.o \
	src/time/overlap.o \
	src/core/recurrence_core.o \
	src/documents/escape.o \
	src/core/escape_core.o \
	src/qr/qr.o \
	src/access.o \
	src/compiled.o \
	src/space.o \
	src/among.o

# Pieces of the extension script, in the order in which they are assembled.
PIECES = schema salon text bundle allocate stable_match barter apportion bradley_terry recurrence escape schedule csv page qr svg space help access health
# Files of the model of a space, in the order in which create_space runs them: a
# folder a domain, and no file uses one of a later folder.
MODEL  = base/space base/zone base/place base/party base/level base/merged base/venue base/hours \
         event/event event/event_day event/agenda event/format event/asset \
         market/exchange market/exchange_rows market/supply market/agreement market/package market/signature market/money \
         people/duty people/talk people/invitation people/presence people/work_group people/slot \
         guests/registration guests/registration_rows guests/ticket guests/session_seating guests/survey guests/registration_question \
         reach/reach reach/reach_rows reach/channel reach/channel_rows \
         plan/event_problem plan/checklist plan/checklist_rows plan/plan plan/plan_rows plan/need plan/proposal \
         plan/critical_path plan/critical_path_rows plan/template \
         alliance/rotation \
         programs/hackathon programs/judging programs/award programs/contribution \
         programs/certification programs/question_bank programs/paper programs/attempt programs/item_statistic programs/course \
         programs/internship programs/barter_round programs/introduction programs/campus programs/campus_rows programs/logo_wall \
         after/outcome after/goal after/consent after/recap after/gave_and_got after/future after/overview after/year \
         document/calendar document/schedule document/json_ld document/open_badge document/brief document/public document/qr document/picture document/report \
         whole/remark whole/import_word whole/import whole/import_sheet whole/copy whole/move whole/merge whole/history whole/forget whole/assent whole/access whole/life whole/invariant whole/uniform

# Scripts are assembled: one to install this version, and one from each older
# version straight to it.
SCRIPT       = sql/built/salon--$(EXTVERSION).sql
RELEASED     = $(notdir $(wildcard $(SRCDIR)sql/made/*))
UPDATES      = $(patsubst %,sql/built/salon--%--$(EXTVERSION).sql,$(filter-out $(EXTVERSION),$(RELEASED)))
DATA_built   = $(SCRIPT) $(UPDATES)

REGRESS      = $(filter-out $(if $(MODULES),,qr),$(patsubst $(SRCDIR)test/sql/%.sql,%,$(wildcard $(SRCDIR)test/sql/*.sql)))
REGRESS_OPTS = --inputdir=$(SRCDIR)test --load-extension=salon
# spaces makes what the others stand on
ISOLATION    = spaces $(filter-out spaces,$(patsubst $(SRCDIR)test/specs/%.spec,%,$(wildcard $(SRCDIR)test/specs/*.spec)))
ISOLATION_OPTS = --inputdir=$(SRCDIR)test --outputdir=. --load-extension=salon

# fused operations would decide ties differently from one machine to another
PG_CFLAGS   += -std=gnu99 -ffp-contract=off -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers

# make demo and make test bring a server themselves; others need none.
ifneq ($(filter-out demo web test test-long coverage bench scripts release next,$(or $(MAKECMDGOALS),all)),)
PG_CONFIG   ?= pg_config
PGXS        := $(shell $(PG_CONFIG) --pgxs)
# QR codes are drawn by a library of its own, so that salon.so stands without
# libqrencode; where that is missing it is not built.  QRENCODE=no leaves it out.
QRENCODE    ?= $(shell $(CC) $(CPPFLAGS) -include qrencode.h -E -x c /dev/null >/dev/null 2>&1 && echo yes || echo no)
ifeq ($(QRENCODE),yes)
MODULES      = salon_qr
else
all: no-qrencode
endif
include $(PGXS)
salon_qr.o: src/qr/salon_qr.c
	$(COMPILE.c) -o $@ $<
salon_qr.bc: src/qr/salon_qr.c
	$(COMPILE.c.bc) -o $@ $<
salon_qr$(DLSUFFIX): LDFLAGS_SL += -lqrencode
.PHONY: no-qrencode
no-qrencode:
	@echo "qrencode.h was not found: salon_qr is not built, and salon.qr() draws nothing (on Debian: libqrencode-dev)"
src/reading/say.o src/reading/say.bc: $(SRCDIR)src/reading/chinese.inc

# The manual, in a folder of its own: pages of extensions have the same names.
MANUAL      := $(patsubst $(SRCDIR)%,%,$(wildcard $(addprefix $(SRCDIR),README*.md CHANGELOG.md $(foreach ending,md svg,doc/*.$(ending) doc/*/*.$(ending)))))
MANUAL_DIR   = $(DESTDIR)$(docdir)/$(docmoduledir)/salon
.PHONY: install-manual uninstall-manual
install: install-manual
uninstall: uninstall-manual
install-manual:
	$(MKDIR_P) $(addprefix '$(MANUAL_DIR)'/,$(sort $(dir $(MANUAL))))
	$(foreach folder,$(sort $(dir $(MANUAL))),$(INSTALL_DATA) $(addprefix $(or $(SRCDIR),./),$(foreach page,$(MANUAL),$(if $(filter $(folder),$(dir $(page))),$(page)))) '$(MANUAL_DIR)/$(folder)' &&) true
uninstall-manual:
	rm -rf '$(MANUAL_DIR)'
endif

PIECE_FILES = $(PIECES:%=$(SRCDIR)sql/salon/%.sql)
MODEL_FILES = $(MODEL:%=$(SRCDIR)sql/model/%.sql)
MIGRATIONS  = $(sort $(wildcard $(SRCDIR)sql/migration/*.sql))
ASSEMBLED   = $(PIECE_FILES) $(MODEL_FILES) $(MIGRATIONS) $(RELEASED:%=$(SRCDIR)sql/made/%) $(wildcard $(SRCDIR)sql/update/*.sql) \
              $(SRCDIR)sql/assemble $(SRCDIR)Makefile $(SRCDIR)salon.control
ASSEMBLE    = sh $(SRCDIR)sql/assemble
WITH        = $(EXTVERSION) "$(PIECE_FILES)" "$(MODEL_FILES)" "$(MIGRATIONS)"

$(SCRIPT): $(ASSEMBLED)
	@mkdir -p $(@D)
	$(ASSEMBLE) install $(WITH) > $@.new && mv $@.new $@

$(UPDATES): sql/built/salon--%--$(EXTVERSION).sql: $(ASSEMBLED)
	@mkdir -p $(@D)
	$(ASSEMBLE) update $(WITH) $* > $@.new && mv $@.new $@

# See CONTRIBUTING.md.
.PHONY: scripts release next
scripts: $(SCRIPT) $(UPDATES)
release next:
	@MODEL_FILES="$(MODEL_FILES)" PIECES="$(PIECES)" sh sql/release $@ $(NEXT)

ifneq ($(SRCDIR),)
$(OBJS) $(OBJS:.o=.bc): | vpath-src
installcheck: | vpath-expected
.PHONY: vpath-src vpath-expected
vpath-src:
	$(MKDIR_P) $(sort $(dir $(OBJS)))
# pg_regress looks for expected/ beside its output
vpath-expected:
	ln -sfn $(SRCDIR)expected expected
endif

.PHONY: demo web test test-long coverage bench
demo:
	@OUT='$(OUT)' sh $(SRCDIR)demo/run $(if $(ALL),all) $(if $(KEEP),keep)

web:
	@sh $(SRCDIR)demo/web/run

test:
	@bash $(SRCDIR)test/run

test-long:
	@status=0; for run in 'run long' majors package; do bash $(SRCDIR)test/$$run || status=1; done; exit $$status

coverage:
	@bash $(SRCDIR)test/coverage

bench:
	@bash $(SRCDIR)test/bench/run
