# Panorama: build, test, demonstrate. See README.md; the layers are in
# ARCHITECTURE.md and the include paths below are their first lock.
#
#   make demo   everything from a fresh clone to a release under output/
#   make test   everything that must pass, last line "N passed, N failed"

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

PACKAGES := sqlite3 lua5.4 cairo harfbuzz harfbuzz-subset libdeflate proj \
  libsodium xlsxwriter zlib libqpdf libpng md4c clp
PKG_CFLAGS = $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null | sed 's/-I/-isystem /g')
PKG_LIBS = $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lhpdf -lhyphen -lm

WARN := -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow \
  -Wstrict-prototypes -Wmissing-prototypes -Wmissing-declarations \
  -Wwrite-strings -Wcast-qual -Wpointer-arith -Wundef -Wvla -Wformat=2 \
  -Wdouble-promotion -Wswitch-enum -Wimplicit-fallthrough -Wnull-dereference
FLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2
FLAGS_test    := -O2 -g -D_FORTIFY_SOURCE=2 -Werror
FLAGS_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
  -fno-omit-frame-pointer -DARENA_STRICT -Wno-null-dereference
CFLAGS_ALL = -std=c17 -D_GNU_SOURCE $(WARN) -ffp-contract=off -fno-common \
  -fstack-protector-strong $(FLAGS_$(FLAVOUR)) $(PKG_CFLAGS) $(CFLAGS)
LDFLAGS_ALL = $(if $(filter asan,$(FLAVOUR)),-fsanitize=address$(comma)undefined) $(LDFLAGS)
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
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
LIBRARY_OBJECTS := $(filter-out $(BUILD)/src/app/main.o,$(OBJECTS))

$(INC)/.made: Makefile
	$(Q)mkdir -p $(foreach l,base model seal script app,$(INC)/$(l)) $(INC)
	$(Q)for l in base model seal script app; do ln -sfn ../../../src/$$l $(INC)/$$l/$$l; done
	$(Q)ln -sfn ../../src/closed $(INC)/closed; ln -sfn ../../src/open $(INC)/open
	$(Q)touch $@

$(BUILD)/src/%.o: src/%.c $(INC)/.made
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_$(call layer_of,$<)) -MMD -MP -c $< -o $@

all: panorama
panorama: $(BUILD)/panorama
	$(Q)cp $< $@
$(BUILD)/panorama: $(OBJECTS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $(OBJECTS) $(PKG_LIBS)

$(BUILD)/libpanorama.a: $(LIBRARY_OBJECTS)
	$(Q)rm -f $@ && ar rcs $@ $^

# --- tests -------------------------------------------------------------------
UNIT_SOURCES := $(sort $(wildcard tests/unit/test_*.c tests/sdc/test_*.c tests/store/test_*.c tests/leak/test_*.c tests/golden/test_*.c tests/script/test_*.c))
$(BUILD)/tests/%.o: tests/%.c $(INC)/.made
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) -Wno-missing-prototypes -Wno-cast-qual $(INC_app) -Itests -MMD -MP -c $< -o $@
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(BUILD)/libpanorama.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $< $(BUILD)/libpanorama.a $(PKG_LIBS) -lcmocka
.PRECIOUS: $(BUILD)/tests/%.o

clean:
	rm -rf build panorama
.PHONY: all clean
-include $(OBJECTS:.o=.d)
