# Panorama: build, test, demonstrate. See README.md; the layers are in
# ARCHITECTURE.md and the include paths below are their first lock.
#
#   make demo   everything from a fresh clone to a release under output/
#   make test   everything that must pass, last line "N passed, N failed"
#   make test-full   what takes longer: every file of a release, and the
#                    analyzer through the calls of every function

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

FLAVOUR ?= release
BUILD   ?= build/$(FLAVOUR)
CC      ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
V ?= 0
Q := $(if $(filter 0,$(V)),@,)
say = $(if $(filter 0,$(V)),@printf '  %-7s %s\n' '$(1)' '$(2)',@:)

# MODULES limits the sources, for work on one part: make MODULES="base model"
ALL_MODULES := base model closed/store closed/cube closed/calc closed/sdc seal \
  open/pub open/geo open/scene open/chart open/map open/page open/device \
  open/format open/release script app
MODULES ?= $(ALL_MODULES)

PACKAGES := sqlite3 lua5.4 harfbuzz harfbuzz-subset libdeflate \
  libsodium zlib libpng md4c
# PostgreSQL is optional: without libpq-dev a store is an SQLite file.
LIBPQ := $(shell pkg-config --exists libpq 2>/dev/null && echo libpq)
PKG_CFLAGS := $(if $(LIBPQ),-DHAVE_LIBPQ) $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null | sed 's/-I/-isystem /g')
PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lhpdf -lhyphen -lm
# Loaded when they are first called (src/base/library.h): the file that the
# linker would have named.
LAZY := cairo xlsxwriter proj libqpdf clp cbc $(LIBPQ)
LAZY_CFLAGS := $(shell pkg-config --cflags $(LAZY) 2>/dev/null | sed 's/-I/-isystem /g')
soname = $(shell readelf -d $$($(CC) -print-file-name=lib$(1).so) 2>/dev/null | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
library = -D$(1)_LIBRARY='"$(call soname,$(2))"'

WARN := -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow \
  -Wstrict-prototypes -Wmissing-prototypes -Wmissing-declarations \
  -Wwrite-strings -Wcast-qual -Wpointer-arith -Wundef -Wvla -Wformat=2 \
  -Wdouble-promotion -Wswitch-enum -Wimplicit-fallthrough -Wnull-dereference
FLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2
FLAGS_test    := -O2 -g -D_FORTIFY_SOURCE=2 -Werror
FLAGS_asan    := -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all \
  -fno-omit-frame-pointer -DARENA_STRICT -Wno-null-dereference
# Only what is measured counts its lines; the rest runs as it does elsewhere.
FLAGS_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
  -fno-sanitize-recover=all -DARENA_STRICT -w
FLAGS_coverage := -O2 -g
build/coverage/src/closed/sdc/%.o build/coverage/src/seal/%.o: \
  FLAGS_coverage := -O0 -g --coverage
CFLAGS_ALL = -std=c17 -D_GNU_SOURCE $(WARN) -ffp-contract=off -fno-common \
  -fstack-protector-strong $(FLAGS_$(FLAVOUR)) $(PKG_CFLAGS) $(OF_FILE) $(CFLAGS)
LDFLAGS_ALL = $(if $(filter asan,$(FLAVOUR)),-fsanitize=address$(comma)undefined) \
  $(if $(filter coverage,$(FLAVOUR)),--coverage -Wl$(comma)--wrap=_exit) $(LDFLAGS)
comma := ,

# --- the wall: what each layer can include ---------------------------------
# build/inc/NAME holds one link NAME -> src/NAME, so a layer sees only the
# directories on its own list. `make layers` checks the finer rules.
INC := build/inc
inc = $(addprefix -I$(INC)/,$(1))
INC_base   := $(call inc,base)
INC_model  := $(call inc,base model)
INC_closed := $(call inc,base model closed)
INC_open   := $(call inc,base model open)
INC_script := $(call inc,base model open script)
INC_seal   := $(call inc,base model closed open seal)
INC_app    := $(call inc,base model closed open seal script app)
layer_of = $(word 2,$(subst /, ,$(1)))

SOURCES := $(sort $(shell find $(addprefix src/,$(MODULES)) -maxdepth 1 -name '*.c'))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) \
  $(if $(filter coverage,$(FLAVOUR)),$(BUILD)/tests/coverage_exit.o)
LIBRARY_OBJECTS := $(filter-out $(BUILD)/src/app/main.o,$(OBJECTS))

$(INC)/.made: Makefile
	$(Q)mkdir -p $(foreach l,base model seal script app,$(INC)/$(l)) $(INC)
	$(Q)for l in base model seal script app; do ln -sfn ../../../src/$$l $(INC)/$$l/$$l; done
	$(Q)ln -sfn ../../src/closed $(INC)/closed; ln -sfn ../../src/open $(INC)/open
	$(Q)touch $@

$(BUILD)/src/open/device/cairo.o: OF_FILE = $(LAZY_CFLAGS) $(call library,CAIRO,cairo)
$(BUILD)/src/open/geo/geo_project.o: OF_FILE = $(LAZY_CFLAGS) $(call library,PROJ,proj)
$(BUILD)/src/open/format/xlsx.o: OF_FILE = $(LAZY_CFLAGS) $(call library,XLSX,xlsxwriter)
$(BUILD)/src/open/format/pdf_text.o: OF_FILE = $(LAZY_CFLAGS) $(call library,QPDF,qpdf)
$(BUILD)/src/closed/sdc/lp.o: OF_FILE = $(LAZY_CFLAGS) $(call library,SOLVER,CbcSolver)
$(BUILD)/src/closed/store/postgres.o: OF_FILE = $(LAZY_CFLAGS) $(call library,PQ,pq)

$(BUILD)/src/%.o: src/%.c $(INC)/.made
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_$(call layer_of,$<)) -MMD -MP -c $< -o $@

all: panorama
panorama: $(BUILD)/panorama
	$(Q)cp --remove-destination $< $@
$(BUILD)/panorama: $(OBJECTS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $(OBJECTS) $(PKG_LIBS)

$(BUILD)/libpanorama.a: $(LIBRARY_OBJECTS)
	$(Q)rm -f $@ && ar rcs $@ $^

# --- tests -------------------------------------------------------------------
# Three hundred and fifty programs are linked: with this in a quarter of the time.
QUICK_LINK := $(if $(shell command -v ld.gold),-fuse-ld=gold)
UNIT_SOURCES := $(sort $(wildcard tests/unit/test_*.c tests/sdc/test_*.c tests/store/test_*.c tests/leak/test_*.c tests/golden/test_*.c tests/script/test_*.c))
# Tests call some themselves.
TEST_LIBS := -Wl,--as-needed -lcairo -lqpdf $(if $(LIBPQ),-lpq) -lcmocka
$(BUILD)/tests/%.o: tests/%.c $(INC)/.made
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) -Wno-missing-prototypes -Wno-cast-qual -Wno-null-dereference $(LAZY_CFLAGS) $(INC_app) -Itests -MMD -MP -c $< -o $@
# What libraries allocate, in half the time: see library_arrays.c. The solver is
# loaded later, and finds it by name.
ARRAYS := $(if $(filter asan,$(FLAVOUR)),$(BUILD)/tests/library_arrays.o)
ARRAY_NAMES := $(if $(ARRAYS),$(addprefix -Wl$(comma)--export-dynamic-symbol=,_Znam _ZnamRKSt9nothrow_t _ZdaPv _ZdaPvm _ZdaPvRKSt9nothrow_t))
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(BUILD)/libpanorama.a $(ARRAYS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) $(QUICK_LINK) $(ARRAY_NAMES) -o $@ $< $(ARRAYS) $(BUILD)/libpanorama.a $(PKG_LIBS) $(TEST_LIBS)
.PRECIOUS: $(BUILD)/tests/%.o


# --- packages ---------------------------------------------------------------
# What a fresh Debian 12 lacks, installed once; `ready` is the stamp.
APT_BUILD := gcc libc6-dev pkg-config binutils libsqlite3-dev liblua5.4-dev \
  libcairo2-dev libharfbuzz-dev libhpdf-dev libhyphen-dev hyphen-fr \
  hyphen-en-us libxlsxwriter-dev libdeflate-dev libproj-dev libsodium-dev \
  zlib1g-dev libpq-dev libqpdf-dev libpng-dev libmd4c-dev coinor-libclp-dev \
  coinor-libcbc-dev fonts-roboto-unhinted icc-profiles-free python3
APT_TEST := libcmocka-dev clang clang-format clang-tidy libclang-rt-14-dev \
  sqlite3 postgresql qpdf poppler-utils libxml2-utils python3-openpyxl \
  python3-scipy
APT_FULL := chromium libreoffice-calc-nogui default-jre-headless \
  libpdfbox2-java libactivation-java libjaxb-api-java
APT_PEERS := python3-reportlab weasyprint texlive-latex-base lmodern time \
  poppler-utils
APT_MAPS := python3-geopandas python3-matplotlib r-cran-sf r-cran-ggplot2 \
  gmt gdal-bin ghostscript time
APT_ATTACKER := python3-pandas python3-scipy
APT_ATTACK := python3-scipy
build/ready-%: tests/packages.sh
	$(Q)mkdir -p build
	$(Q)sh tests/packages.sh $(APT_$(shell echo $* | tr a-z A-Z))
	$(Q)touch $@

# --- demonstration: two commands do all the set-up ----------------------------
DEMO_STORE := build/demo/store.sqlite
demo: build/ready-build
	$(Q)$(MAKE) --no-print-directory panorama $(DEMO_STORE)
	./panorama build --store $(DEMO_STORE)
	@echo "The release is under output/: open output/*/index.html"
$(DEMO_STORE): | panorama
	$(Q)mkdir -p $(@D)
	./panorama store sample $@

# Every kind of figure with the lines that make it, a release of its own.
gallery: build/ready-build
	$(Q)$(MAKE) --no-print-directory panorama $(DEMO_STORE)
	./panorama build --project docs/gallery --output build/gallery --replace
	@echo "The gallery: build/gallery/gallery/figures/gallery.html"

# --- tests --------------------------------------------------------------------
UNIT = $(UNIT_SOURCES:%.c=$(1)/%)
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
REPLAY := $(FUZZ:%=build/test/fuzz/replay_%)
COMMANDS := $(sort $(wildcard tests/command/test_*.sh))

test: build/ready-build build/ready-test
	$(Q)$(MAKE) --no-print-directory -j2 test-build
	$(Q)/usr/bin/python3 tests/run.py -j $(JOBS) \
	  wall "/usr/bin/python3 tests/layers.py build/test" "/usr/bin/python3 tests/sentences.py" -- \
	  lint "sh tests/lint.sh 1 shallow" -- \
	  command $(patsubst %,"sh %",$(COMMANDS)) -- \
	  asan $(patsubst %,"%",$(call UNIT,build/asan)) -- \
	  unit $(patsubst %,"%",$(call UNIT,build/test)) -- \
	  fuzz $(foreach f,$(FUZZ),"build/test/fuzz/replay_$(f) tests/fuzz/corpus/$(f)/* && echo ok replay $(f)")
JOBS ?= 2

test-build:
	$(Q)$(MAKE) --no-print-directory FLAVOUR=test $(call UNIT,build/test) build/test/sample.sqlite $(REPLAY)
	$(Q)$(MAKE) --no-print-directory FLAVOUR=asan $(call UNIT,build/asan)

# The sample store of several command tests.
build/test/sample.sqlite: build/test/panorama
	$(call say,SAMPLE,$@)
	$(Q)rm -f $@
	$(Q)$< store sample $@ >/dev/null 2>&1

test-full: test-needs
	$(Q)RELEASE=$$(dirname $$(ls build/full/out/*/manifest.json)) /usr/bin/python3 tests/run.py full $(patsubst %,"sh %",$(sort $(wildcard tests/full/test_*.sh)))
test-needs: build/ready-build build/ready-test build/ready-full
	$(Q)command -v npm >/dev/null || sh tests/packages.sh nodejs npm
	$(Q)$(MAKE) --no-print-directory panorama $(DEMO_STORE)
	$(Q)rm -rf build/full/out
	./panorama build --store $(DEMO_STORE) --output build/full/out --quiet

build/test/fuzz/replay_%: tests/fuzz/fuzz_%.c $(BUILD)/libpanorama.a
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) -Wno-missing-prototypes -DFUZZ_REPLAY $(INC_app) -Itests/fuzz -o $@ $< $(BUILD)/libpanorama.a $(PKG_LIBS)
# `make fuzz-csv` runs libFuzzer for so many SECONDS, until it is stopped when
# they are 0; `make fuzz` every target in turn. What is found new is kept below
# build/fuzz, and the corpus as it was.
SECONDS ?= 0
fuzz: SECONDS := $(if $(filter-out 0,$(SECONDS)),$(SECONDS),60)
fuzz: $(FUZZ:%=fuzz-%)
fuzz-%: tests/fuzz/fuzz_%.c $(INC)/.made
	$(Q)$(MAKE) --no-print-directory FLAVOUR=fuzz CC="$(FUZZ_CC)" build/fuzz/libpanorama.a
	$(Q)mkdir -p build/fuzz/found/$*
	$(Q)$(FUZZ_CC) $(FUZZ_FLAGS) -Itests/fuzz -o build/fuzz/$* $< build/fuzz/libpanorama.a $(PKG_LIBS)
	build/fuzz/$* -max_total_time=$(SECONDS) -artifact_prefix=build/fuzz/found/$*- build/fuzz/found/$* tests/fuzz/corpus/$*
FUZZ_CC ?= clang
FUZZ_FLAGS = -std=c17 -D_GNU_SOURCE $(subst fuzzer-no-link,fuzzer,$(FLAGS_fuzz)) $(PKG_CFLAGS) $(INC_app)

# Lines of disclosure control and the seal that their tests do not reach. What
# is left out takes long and reaches nothing else.
COVERED := src/closed/sdc src/seal
COVERING = $(filter-out %_scale %_brute,$(filter $(1)/tests/sdc/%,$(call UNIT,$(1))))
coverage: build/ready-build build/ready-test
	$(Q)$(MAKE) --no-print-directory FLAVOUR=coverage build/coverage/panorama $(call COVERING,build/coverage)
	$(Q)find build/coverage -name '*.gcda' -delete
	$(Q)PANORAMA=$(CURDIR)/build/coverage/panorama /usr/bin/python3 tests/run.py -j $(JOBS) \
	  unit $(patsubst %,"%",$(call COVERING,build/coverage)) -- \
	  command $(patsubst %,"sh %",$(filter-out %_commands.sh %_postgres.sh,$(COMMANDS)))
	$(Q)/usr/bin/python3 tests/coverage.py build/coverage $(COVERED)

layers:
	$(Q)/usr/bin/python3 tests/layers.py
lint:
	$(Q)sh tests/lint.sh $(JOBS)
format:
	$(Q)clang-format -i $$(find src tests bench -name '*.[ch]')
golden:
	$(Q)$(MAKE) --no-print-directory FLAVOUR=test $(call UNIT,build/test)
	$(Q)for t in $(filter %golden% %chart% %map% %pdf%,$(call UNIT,build/test)); do GOLDEN=1 $$t >/dev/null; done; git diff --stat

# Breaks SOURCE in COUNT places, one at a time: does TEST ("unit/test_cube") notice?
mutants:
	$(Q)$(MAKE) --no-print-directory FLAVOUR=test BUILD=build/test build/test/libpanorama.a
	$(Q)/usr/bin/python3 tests/mutations/mutate_source.py $(SOURCE) $(TEST) $(or $(COUNT),20)

# --- measures -------------------------------------------------------------------
bench-calc: $(BUILD)/libpanorama.a
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_app) -o build/bench_calc bench/bench_calc.c $< $(PKG_LIBS)
	$(Q)build/bench_calc
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_app) -o build/bench_derive bench/bench_derive.c $< $(PKG_LIBS)
	$(Q)build/bench_derive
bench-spatial: $(BUILD)/libpanorama.a
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_app) -o build/bench_spatial bench/bench_spatial.c $< $(PKG_LIBS)
	$(Q)build/bench_spatial
# Standardised rates of releases of any shape, attacked by enumeration: SHAPES
# of each kind, where `make test` takes ten.
bench-rates:
	$(Q)$(MAKE) --no-print-directory FLAVOUR=test BUILD=build/test build/test/tests/sdc/test_sdc_rates_shapes
	$(Q)RATE_SHAPES=$(or $(SHAPES),1000) build/test/tests/sdc/test_sdc_rates_shapes
# COMMUNES is a GeoJSON file of communes, CODE its field of codes, NAMES a CSV of
# their names. PEERS=1 installs those they are compared with.
bench-figures: build/ready-build $(if $(PEERS),build/ready-maps)
	$(Q)$(MAKE) --no-print-directory $(BUILD)/libpanorama.a panorama
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_app) -o build/bench_figures bench/bench_figures.c $(BUILD)/libpanorama.a $(PKG_LIBS)
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_app) -o build/bench_charts bench/bench_charts.c $(BUILD)/libpanorama.a $(PKG_LIBS)
	$(Q)build/bench_figures geo/departement.geo build
	$(Q)/usr/bin/python3 bench/bench_figures.py ./panorama build/bench_charts $(COMMUNES) $(CODE) $(NAMES)
# Pages of text and tables; PEERS=1 installs those it is compared with.
bench-documents: build/ready-build $(if $(PEERS),build/ready-peers)
	$(Q)$(MAKE) --no-print-directory $(BUILD)/libpanorama.a
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_app) -o build/bench_documents bench/bench_documents.c $(BUILD)/libpanorama.a $(PKG_LIBS)
	$(Q)/usr/bin/python3 bench/bench_documents.py build/bench_documents
# The release of the demo again and again for SOAK minutes, as machines differ
# and fail. With PROJECT and STORE, another one, and SEED as an earlier run.
soak: SOAK := $(if $(SOAK),$(SOAK),20)
soak: panorama $(if $(STORE),,$(DEMO_STORE))
	$(Q)/usr/bin/python3 tests/soak.py ./panorama $(if $(PROJECT),$(PROJECT),.) $(if $(STORE),$(STORE),$(DEMO_STORE)) $(SOAK) $(SEED)

# N projects that are drawn from SEED on are built, and every suppressed cell is
# attacked from the open data alone; SIZE=medium for larger ones.
attack: build/ready-build build/ready-attack
	$(Q)$(MAKE) --no-print-directory panorama
	$(Q)/usr/bin/python3 tests/leak/attack.py ./panorama $(or $(N),50) $(or $(SEED),1) $(or $(SIZE),small) $(JOBS)

bench: build/ready-build
	$(Q)$(MAKE) --no-print-directory panorama $(DEMO_STORE)
	$(Q)sh bench/bench_build.sh $(DEMO_STORE)
	$(Q)$(MAKE) --no-print-directory bench-documents

# Tables of the instances in DIR; SDC_TOOLS adds an independent attacker.
bench-sdc: build/ready-build $(if $(SDC_TOOLS),build/ready-attacker)
	$(Q)$(MAKE) --no-print-directory panorama
	$(Q)/usr/bin/python3 bench/bench_sdc.py ./panorama $(DIR) $(NAMES)

# A made-up table of ten million cells, under the strict attack. Some minutes and
# 3.4 GB; ATTACKERS="basic strict" for both.
ATTACKERS ?= strict
bench-sdc-large: build/ready-build
	$(Q)$(MAKE) --no-print-directory panorama
	$(Q)/usr/bin/python3 bench/sdc_large.py build/bench/10M
	$(Q)ATTACKERS="$(ATTACKERS)" /usr/bin/python3 bench/bench_sdc.py ./panorama build/bench 10M

# The shipped boundaries again, from geo/source.
geo: panorama
	$(Q)sh geo/make.sh

# --- real input: DIR is the folder with the publishers' files ---------------------
real-phs real-calibinc: real-%: build/ready-build
	$(Q)$(MAKE) --no-print-directory panorama
	$(Q)sh tests/real/$*/run.sh $(DIR)

# Statistics against the reference values in DIR that are not shipped.
VECTORS := $(sort $(wildcard tests/unit/test_vectors_*.c))
test-vectors: build/ready-build build/ready-test
	$(Q)$(MAKE) --no-print-directory FLAVOUR=test BUILD=build/test $(VECTORS:%.c=build/test/%)
	$(Q)rm -f build/vectors-read.txt
	$(Q)PANORAMA_VECTORS=$(abspath $(DIR)) PANORAMA_VECTORS_READ=build/vectors-read.txt \
	  /usr/bin/python3 tests/run.py vectors $(VECTORS:%.c="build/test/%") \
	  "/usr/bin/python3 tests/vectors.py $(DIR) build/vectors-read.txt build/vectors.txt"
	$(Q)awk '{ n += $$3 } END { print n " reference numbers compared" }' build/vectors-read.txt

PREFIX ?= /usr/local
install: panorama
	install -D -m 755 panorama $(DESTDIR)$(PREFIX)/bin/panorama

clean:
	rm -rf build panorama
.PHONY: all clean gallery geo bench-calc bench-rates bench-spatial demo soak attack test test-build test-full test-needs layers lint format \
  golden coverage mutants bench bench-documents bench-figures bench-sdc bench-sdc-large install fuzz test-vectors real-phs real-calibinc
-include $(OBJECTS:.o=.d) $(UNIT_SOURCES:%.c=$(BUILD)/%.d)
