#!/bin/sh
# Debian's Chromium without the two pages that it loads for the list below its address bar. In each new window they cost
# more than the page that a test opens. Playwright names features to be left out as well, and Chromium hears the last word only.
for argument do
    shift
    case $argument in
        --disable-features=*) argument="$argument,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup" ;;
    esac
    set -- "$@" "$argument"
done
exec chromium "$@"
