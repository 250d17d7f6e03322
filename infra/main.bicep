// acs-events in one resource group: `azd up`. Parameters come from main.parameters.json, which takes them from the azd environment;
// docs/deploy.md tells of each. The event subscriptions follow after the code: subscriptions.bicep.
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Name of the azd environment; names of resources derive from it.')
param environmentName string

@minLength(1)
@metadata({ azd: { type: 'location' } })
@description('Region; one with Flex Consumption.')
param location string

@description('Who deploys; gets to write the documents in container config.')
param operatorPrincipalId string = ''

@description('Resource id of the ACS resource; empty = a new one.')
param communicationServiceId string = ''

@description('Where a new ACS resource keeps its data at rest.')
param communicationDataLocation string = 'Europe'

@description('Name of the system topic that the ACS resource has already, in its resource group; empty = a new one.')
param systemTopicName string = ''

@allowed(['EventGridSchema', 'CloudEventSchemaV1_0'])
@description('Schema of the events.')
param eventSchema string = 'EventGridSchema'

@description('Families to subscribe to, separated by commas; empty = all.')
param families string = ''

@description('Event types to leave out, separated by commas.')
param excludedEventTypes string = ''

@description('Only texts to numbers that begin like this.')
param phoneNumberFilter string = ''

@description('Only chats whose threadId begins like this.')
param threadFilter string = ''

@description('Only calls whose serverCallId begins like this.')
param callFilter string = ''

@description('Only incoming calls of callers whose raw id begins like this.')
param callerFilter string = ''

@description('Only presence of users whose raw id begins like this.')
param userFilter string = ''

@description('Settings of the app, NAME=value, separated by semicolons.')
param settings string = ''

@allowed(['open', 'private'])
@description('private: storage is reached through private endpoints, by trusted Azure services and from storageRanges.')
param storageAccess string = 'open'

@description('Public addresses (CIDR) that reach private storage, separated by commas.')
param storageRanges string = ''

@description('open, or limited to Event Grid and appRanges. Closed is refused, with the reason.')
param appInbound string = 'open'

@description('Addresses (CIDR) or service tags that reach a limited app, separated by commas: ACS for its callbacks, your own.')
param appRanges string = ''

@allowed(['keys', 'entra'])
@description('Who may call the HTTP functions: function keys, or Entra ID as well.')
param httpAuth string = 'keys'

@description('Client id of the app registration, with entra.')
param entraClientId string = ''

@description('App role of administrators, with entra.')
param adminRole string = ''

@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
@description('Redundancy of storage.')
param storageRedundancy string = 'Standard_ZRS'

@description('Days for which deleted and overwritten blobs can be had back, 1 to 365.')
param softDeleteDays string = '30'

@description('Days after which exports are deleted.')
param exportDays string = '30'

@description('Days after which former versions of blobs are deleted; 0 = never.')
param versionDays string = '0'

@allowed(['on', 'off'])
@description('on: a lock keeps the storage account from being deleted, also by azd down.')
param storageLock string = 'on'

@allowed(['512', '2048', '4096'])
@description('Memory of an instance in MB.')
param instanceMemory string = '2048'

@description('Most instances per function.')
param maximumInstances string = '100'

@description('Instances that stand ready for calls that ring.')
param incomingCallsReady string = '0'

@description('Who gets alerts by e-mail; empty = nobody.')
param alertEmail string = ''

@allowed(['1', '2', '3', '4', '5', '6', '24', '48'])
@description('Hours without an event after which an alert is raised.')
param noEventHours string = '24'

@description('Days for which logs are kept, 30 to 730.')
param logDays string = '30'

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var privateStorage = storageAccess == 'private'
var storageRangeList = filter(map(split(storageRanges, ','), address => trim(address)), address => !empty(address))
var appRangeList = filter(map(split(appRanges, ','), address => trim(address)), address => !empty(address))

// The resource id has the form /subscriptions/{2}/resourceGroups/{4}/providers/Microsoft.Communication/communicationServices/{8}.
var isNew = empty(communicationServiceId)
var groupName = 'rg-${environmentName}'
var serviceName = isNew ? 'acs-${token}' : split(communicationServiceId, '/')[8]
var serviceGroup = isNew ? groupName : split(communicationServiceId, '/')[4]
var serviceSubscription = isNew ? subscription().subscriptionId : split(communicationServiceId, '/')[2]
var serviceId = '/subscriptions/${serviceSubscription}/resourceGroups/${serviceGroup}/providers/Microsoft.Communication/communicationServices/${serviceName}'

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: groupName
  location: location
  tags: tags
}

module identity 'br/public:avm/res/managed-identity/user-assigned-identity:0.5.0' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-${token}'
    applicationInsightsName: 'appi-${token}'
    workbookTitle: 'acs-events ${environmentName}'
    location: location
    tags: tags
    logDays: int(logDays)
    appPrincipalId: identity.outputs.principalId
  }
}

module communicationService 'communicationService.bicep' = if (isNew) {
  name: 'acs-resource'
  scope: group
  params: {
    name: serviceName
    tags: tags
    dataLocation: communicationDataLocation
  }
}

module topic 'topic.bicep' = {
  name: 'acs-topic'
  scope: resourceGroup(serviceSubscription, serviceGroup)
  params: {
    communicationServiceName: serviceName
    topicName: empty(systemTopicName) ? 'evgt-${token}' : systemTopicName
    tags: tags
    appPrincipalId: identity.outputs.principalId
  }
  dependsOn: [communicationService]
}

module network 'network.bicep' = if (privateStorage) {
  name: 'network'
  scope: group
  params: {
    name: 'vnet-${token}'
    location: location
    tags: tags
  }
}

module storage 'storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    skuName: storageRedundancy
    access: storageAccess
    allowedRanges: storageRangeList
    endpointSubnetId: privateStorage ? network!.outputs.endpointSubnetId : ''
    dnsZoneIds: privateStorage ? network!.outputs.dnsZoneIds : {}
    appPrincipalId: identity.outputs.principalId
    topicPrincipalId: topic.outputs.topicPrincipalId
    operatorPrincipalId: operatorPrincipalId
    softDeleteDays: int(softDeleteDays)
    exportDays: int(exportDays)
    versionDays: int(versionDays)
    locked: storageLock == 'on'
  }
}

module app 'app.bicep' = {
  name: 'app'
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.resourceId
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    applicationInsightsConnectionString: monitoring.outputs.applicationInsightsConnectionString
    communicationServiceId: serviceId
    communicationServiceEndpoint: topic.outputs.endpoint
    communicationServiceImmutableId: topic.outputs.immutableResourceId
    settings: settings
    httpAuth: httpAuth
    entraClientId: entraClientId
    adminRole: adminRole
    inbound: appInbound
    inboundRanges: appRangeList
    subnetId: privateStorage ? network!.outputs.appSubnetId : ''
    instanceMemoryMB: int(instanceMemory)
    maximumInstanceCount: int(maximumInstances)
    incomingCallsReady: int(incomingCallsReady)
  }
}

module alerts 'alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    prefix: 'acs-events-${environmentName}'
    workspaceId: monitoring.outputs.workspaceId
    topicId: topic.outputs.topicId
    email: alertEmail
    noEventHours: int(noEventHours)
  }
}

// azd puts these into its environment, where scripts/subscribe.sh and subscribe.ps1 find them.
output ACS_EVENTS_FUNCTION_APP_NAME string = app.outputs.name
output ACS_EVENTS_FUNCTION_APP_ID string = app.outputs.id
output ACS_EVENTS_RESOURCE_GROUP string = group.name
output ACS_EVENTS_URL string = 'https://${app.outputs.hostname}'
output ACS_EVENTS_STORAGE_ACCOUNT_NAME string = storage.outputs.name
output ACS_EVENTS_STORAGE_ACCOUNT_ID string = storage.outputs.id
output ACS_EVENTS_TOPIC_NAME string = topic.outputs.topicName
output ACS_EVENTS_TOPIC_RESOURCE_GROUP string = serviceGroup
output ACS_EVENTS_TOPIC_SUBSCRIPTION_ID string = serviceSubscription
output ACS_EVENTS_SUBSCRIBED_SCHEMA string = eventSchema
output ACS_EVENTS_SUBSCRIBED_FAMILIES string = families
output ACS_EVENTS_SUBSCRIBED_EXCLUDED_TYPES string = excludedEventTypes
output ACS_EVENTS_SUBSCRIBED_PHONE_NUMBER string = phoneNumberFilter
output ACS_EVENTS_SUBSCRIBED_THREAD string = threadFilter
output ACS_EVENTS_SUBSCRIBED_CALL string = callFilter
output ACS_EVENTS_SUBSCRIBED_CALLER string = callerFilter
output ACS_EVENTS_SUBSCRIBED_USER string = userFilter
