#!/bin/sh
# What many pipelines do: clone, edit with sed or kustomize, push; on a rejection rebase and push again, up to 30 times.
# Environment: URL, FILE, NAME, TAG, EDITOR_KIND (sed or kustomize), WORK. Credentials come through git's environment.
set -eu
git clone --quiet --depth 20 "$URL" "$WORK"
cd "$WORK"
git config user.name rival && git config user.email rival@example.com
edit() {
  if [ "$EDITOR_KIND" = kustomize ]; then
    (cd "$(dirname "$FILE")" && kustomize edit set image "$NAME=$NAME:$TAG")
  else
    sed -i "\\#name: $NAME\$#{n;s#newTag: .*#newTag: $TAG#;}" "$FILE"
  fi
}
edit
git commit --quiet --all --message "Update $NAME"
tries=0
until git push --quiet 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 30 ] || exit 1
  git pull --quiet --rebase 2>/dev/null || { git rebase --abort; git reset --quiet --hard '@{upstream}'; edit; git commit --quiet --all --message "Update $NAME"; }
done
