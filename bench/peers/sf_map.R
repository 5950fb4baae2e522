# SPDX-License-Identifier: EUPL-1.2
# A choropleth as an analyst writes it: sf_map.R GEOJSON CODE CSV OUT
suppressPackageStartupMessages({
    library(sf)
    library(ggplot2)
})
args <- commandArgs(TRUE)
areas <- st_read(args[1], quiet = TRUE)
st_crs(areas) <- 4326
areas <- st_transform(areas, 2154)
values <- read.csv(args[3], colClasses = c(code = "character"))
areas$value <- values$value[match(areas[[args[2]]], values$code)]
areas$class <- cut(areas$value, quantile(areas$value, 0:5 / 5, na.rm = TRUE),
                   include.lowest = TRUE)
picture <- ggplot(areas) +
    geom_sf(aes(fill = class), colour = if (nrow(areas) > 1500) NA else "white",
            linewidth = 0.2) +
    scale_fill_brewer("pour 100 000") + theme_void() +
    ggtitle("Taux standardisés")
device <- if (grepl("svg$", args[4])) grDevices::svg else NULL
if (grepl("pdf$", args[4])) device <- grDevices::pdf
if (is.null(device)) {
    ggsave(args[4], picture, width = 8, height = 8, dpi = 200)
} else {
    ggsave(args[4], picture, width = 8, height = 8, device = device)
}
