#!/bin/sh
# Makes or updates the event subscriptions, once the functions are there. azd runs it after each deployment, with the values of its
# environment; it can also be run by hand: azd env get-values gives them. What is as it should be stays as it is.
set -eu

need() {
  eval "value=\${$1:-}"
  if [ -z "$value" ]; then
    echo "subscribe: $1 is not set. Run it through azd: azd up, or azd hooks run postdeploy." >&2
    exit 2
  fi
}
for name in ACS_EVENTS_FUNCTION_APP_NAME ACS_EVENTS_FUNCTION_APP_ID ACS_EVENTS_RESOURCE_GROUP \
  ACS_EVENTS_STORAGE_ACCOUNT_ID ACS_EVENTS_TOPIC_NAME ACS_EVENTS_TOPIC_RESOURCE_GROUP \
  ACS_EVENTS_TOPIC_SUBSCRIPTION_ID AZURE_SUBSCRIPTION_ID; do
  need "$name"
done

if ! command -v az >/dev/null 2>&1; then
  echo "subscribe: Azure CLI (az) is not installed: https://aka.ms/installazurecli. Then: azd hooks run postdeploy." >&2
  exit 2
fi
if ! az account show --subscription "$AZURE_SUBSCRIPTION_ID" --output none; then
  echo "subscribe: az cannot see the subscription. Sign in with az login, then: azd hooks run postdeploy." >&2
  exit 2
fi

infra=$(cd "$(dirname "$0")/.." && pwd)
# Seconds between two looks, and how many: the host names its functions some time after the package is there.
wait=${ACS_EVENTS_WAIT:-10}
looks=${ACS_EVENTS_LOOKS:-30}

# The functions that the subscriptions send to; without ACS_EVENTS_SUBSCRIBED_FAMILIES, those of all families.
families=${ACS_EVENTS_SUBSCRIBED_FAMILIES:-}
if [ -z "$families" ]; then
  families=$(sed -n 's/^  "\([A-Za-z]*\)": {$/\1/p' "$infra/families.json")
fi
families=$(printf '%s' "$families" | tr ',\n' '  ')

missing() {
  there=$(az functionapp function list --subscription "$AZURE_SUBSCRIPTION_ID" \
    --resource-group "$ACS_EVENTS_RESOURCE_GROUP" --name "$ACS_EVENTS_FUNCTION_APP_NAME" \
    --query "[].name" --output tsv | tr -d '\r') || there=
  for family in $families; do
    printf '%s\n' "$there" | grep -Eq "(^|/)${family}Events\$" || printf '%s ' "${family}Events"
  done
}

look=1
while absent=$(missing) && [ -n "$absent" ]; do
  if [ "$look" -ge "$looks" ]; then
    echo "subscribe: the app does not have these functions: $absent" >&2
    echo "subscribe: look at its log, and whether the package was deployed. Then: azd hooks run postdeploy." >&2
    exit 1
  fi
  echo "subscribe: waiting for $absent"
  look=$((look + 1))
  sleep "$wait"
done

az deployment group create \
  --subscription "$ACS_EVENTS_TOPIC_SUBSCRIPTION_ID" \
  --resource-group "$ACS_EVENTS_TOPIC_RESOURCE_GROUP" \
  --name acs-events-subscriptions \
  --template-file "$infra/subscriptions.bicep" \
  --output none \
  --parameters \
  "topicName=$ACS_EVENTS_TOPIC_NAME" \
  "functionAppId=$ACS_EVENTS_FUNCTION_APP_ID" \
  "storageAccountId=$ACS_EVENTS_STORAGE_ACCOUNT_ID" \
  "eventSchema=${ACS_EVENTS_SUBSCRIBED_SCHEMA:-EventGridSchema}" \
  "families=${ACS_EVENTS_SUBSCRIBED_FAMILIES:-}" \
  "excludedEventTypes=${ACS_EVENTS_SUBSCRIBED_EXCLUDED_TYPES:-}" \
  "phoneNumber=${ACS_EVENTS_SUBSCRIBED_PHONE_NUMBER:-}" \
  "thread=${ACS_EVENTS_SUBSCRIBED_THREAD:-}" \
  "call=${ACS_EVENTS_SUBSCRIBED_CALL:-}" \
  "caller=${ACS_EVENTS_SUBSCRIBED_CALLER:-}" \
  "user=${ACS_EVENTS_SUBSCRIBED_USER:-}"

echo "subscribe: subscribed to $families"
