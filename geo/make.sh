#!/bin/sh
# Makes the boundary files that ship, from the source kept beside them.
# usage: geo/make.sh [PROGRAM]      from the root of the project
set -e
program=${1:-./panorama}
import() {
    "$program" geo import geo/source/fra.json --level departement \
        --code adm1_code --codes geo/codes_departement.csv \
        --layout geo/france.layout.csv --tolerance 400 \
        --vintage 'Natural Earth' \
        --licence 'domaine public / public domain' "$@"
}
import -o geo/departement.geo
import --dissolve region -o geo/region.geo
