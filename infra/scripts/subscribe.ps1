# Makes or updates the event subscriptions, once the functions are there. azd runs it after each deployment, with the values of its
# environment; it can also be run by hand. What is as it should be stays as it is. The same as subscribe.sh, for Windows.
$ErrorActionPreference = 'Stop'

$needed = @(
  'ACS_EVENTS_FUNCTION_APP_NAME', 'ACS_EVENTS_FUNCTION_APP_ID', 'ACS_EVENTS_RESOURCE_GROUP',
  'ACS_EVENTS_STORAGE_ACCOUNT_ID', 'ACS_EVENTS_TOPIC_NAME', 'ACS_EVENTS_TOPIC_RESOURCE_GROUP',
  'ACS_EVENTS_TOPIC_SUBSCRIPTION_ID', 'AZURE_SUBSCRIPTION_ID'
)
foreach ($name in $needed) {
  if (-not [Environment]::GetEnvironmentVariable($name)) {
    [Console]::Error.WriteLine("subscribe: $name is not set. Run it through azd: azd up, or azd hooks run postdeploy.")
    exit 2
  }
}

if (-not (Get-Command az -ErrorAction SilentlyContinue)) {
  [Console]::Error.WriteLine('subscribe: Azure CLI (az) is not installed: https://aka.ms/installazurecli. Then: azd hooks run postdeploy.')
  exit 2
}
az account show --subscription $env:AZURE_SUBSCRIPTION_ID --output none
if ($LASTEXITCODE -ne 0) {
  [Console]::Error.WriteLine('subscribe: az cannot see the subscription. Sign in with az login, then: azd hooks run postdeploy.')
  exit 2
}

$infra = Split-Path -Parent $PSScriptRoot
# Seconds between two looks, and how many: the host names its functions some time after the package is there.
$wait = if ($env:ACS_EVENTS_WAIT) { [int]$env:ACS_EVENTS_WAIT } else { 10 }
$looks = if ($env:ACS_EVENTS_LOOKS) { [int]$env:ACS_EVENTS_LOOKS } else { 30 }

# The functions that the subscriptions send to; without ACS_EVENTS_SUBSCRIBED_FAMILIES, those of all families.
$families = if ($env:ACS_EVENTS_SUBSCRIBED_FAMILIES) {
  @($env:ACS_EVENTS_SUBSCRIBED_FAMILIES -split ',' | ForEach-Object { $_.Trim() } | Where-Object { $_ })
} else {
  @((Get-Content -Raw (Join-Path $infra 'families.json') | ConvertFrom-Json).PSObject.Properties.Name)
}

for ($look = 1; ; $look++) {
  $there = @(az functionapp function list --subscription $env:AZURE_SUBSCRIPTION_ID `
      --resource-group $env:ACS_EVENTS_RESOURCE_GROUP --name $env:ACS_EVENTS_FUNCTION_APP_NAME `
      --query '[].name' --output tsv | ForEach-Object { ($_ -split '/')[-1].Trim() })
  $absent = @($families | ForEach-Object { "${_}Events" } | Where-Object { $there -cnotcontains $_ })
  if ($absent.Count -eq 0) { break }
  if ($look -ge $looks) {
    [Console]::Error.WriteLine("subscribe: the app does not have these functions: $absent")
    [Console]::Error.WriteLine('subscribe: look at its log, and whether the package was deployed. Then: azd hooks run postdeploy.')
    exit 1
  }
  Write-Output "subscribe: waiting for $absent"
  Start-Sleep -Seconds $wait
}

$schema = if ($env:ACS_EVENTS_SUBSCRIBED_SCHEMA) { $env:ACS_EVENTS_SUBSCRIBED_SCHEMA } else { 'EventGridSchema' }
az deployment group create `
  --subscription $env:ACS_EVENTS_TOPIC_SUBSCRIPTION_ID `
  --resource-group $env:ACS_EVENTS_TOPIC_RESOURCE_GROUP `
  --name acs-events-subscriptions `
  --template-file (Join-Path $infra 'subscriptions.bicep') `
  --output none `
  --parameters `
  "topicName=$env:ACS_EVENTS_TOPIC_NAME" `
  "functionAppId=$env:ACS_EVENTS_FUNCTION_APP_ID" `
  "storageAccountId=$env:ACS_EVENTS_STORAGE_ACCOUNT_ID" `
  "eventSchema=$schema" `
  "families=$env:ACS_EVENTS_SUBSCRIBED_FAMILIES" `
  "excludedEventTypes=$env:ACS_EVENTS_SUBSCRIBED_EXCLUDED_TYPES" `
  "phoneNumber=$env:ACS_EVENTS_SUBSCRIBED_PHONE_NUMBER" `
  "thread=$env:ACS_EVENTS_SUBSCRIBED_THREAD" `
  "call=$env:ACS_EVENTS_SUBSCRIBED_CALL" `
  "caller=$env:ACS_EVENTS_SUBSCRIBED_CALLER" `
  "user=$env:ACS_EVENTS_SUBSCRIBED_USER"
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }

Write-Output "subscribe: subscribed to $families"
