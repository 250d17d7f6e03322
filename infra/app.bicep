// The function app on Flex Consumption. It reaches storage, ACS and Application Insights by its identity: no setting holds a key.

param name string
param planName string
param location string
param tags object

@description('User-assigned identity of the app: resource id and client id.')
param identityId string
param identityClientId string

@description('Account that holds the app\'s data and its package.')
param storageAccountName string
param deploymentContainerUrl string

@description('Address of Application Insights. No secret: it takes no data without an identity.')
param applicationInsightsConnectionString string

param communicationServiceId string
param communicationServiceEndpoint string

@description('Audience of the tokens of ACS\'s callbacks.')
param communicationServiceImmutableId string

@description('The owner\'s settings, NAME=value, separated by semicolons: AUTO_REPLY=on;INCOMING_CALLS=on')
param settings string

@description('keys: function keys only. entra: a token of Entra ID as well.')
@allowed(['keys', 'entra'])
param httpAuth string

@description('Client id of the app registration that tokens are for, with entra.')
param entraClientId string

@description('App role of those who may erase, hold and dismiss, with entra.')
param adminRole string

@description('open: from anywhere. limited: from Event Grid and the given ranges.')
param inbound string

@description('Who else gets in when it is limited: addresses (CIDR) or service tags.')
param inboundRanges array

@description('Subnet for what the app sends out; empty = none.')
param subnetId string

@description('512, 2048 or 4096.')
param instanceMemoryMB int
param maximumInstanceCount int

@description('Instances that stand ready for calls that ring; 0 = none.')
param incomingCallsReady int

// The owner's, without what would bring a key into the settings. What stands below wins over them.
var given = map(filter(split(settings, ';'), entry => contains(entry, '=')), entry => {
  name: trim(split(entry, '=')[0])
  value: trim(substring(entry, indexOf(entry, '=') + 1))
})
var connectionStrings = ['ACS_CONNECTION_STRING', 'AzureWebJobsStorage']
var keys = ['HASH_KEY', 'SEAL_KEY']
var refused = filter(given, setting => contains(connectionStrings, setting.name) || (contains(keys, setting.name) && !startsWith(setting.value, '@Microsoft.KeyVault(') && !startsWith(setting.value, 'https://')))
var ownerSettings = empty(refused)
  ? toObject(given, setting => setting.name, setting => setting.value)
  : fail('ACS_EVENTS_SETTINGS holds a secret: ${join(map(refused, setting => setting.name), ', ')}. The app reaches storage and ACS by its identity; a key belongs in Key Vault: NAME=@Microsoft.KeyVault(SecretUri=https://…).')

var appSettings = union(ownerSettings, {
  AzureWebJobsStorage__accountName: storageAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  ACS_ENDPOINT: communicationServiceEndpoint
  ACS_RESOURCE_ID: communicationServiceImmutableId
  ALLOWED_TOPICS: communicationServiceId
  ADMIN_ROLE: httpAuth == 'entra' ? adminRole : ''
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
})

var clientId = httpAuth == 'entra' && empty(entraClientId)
  ? fail('ACS_EVENTS_HTTP_AUTH is entra: set ACS_EVENTS_ENTRA_CLIENT_ID to the client id of an app registration.')
  : entraClientId

// Event Grid brings a key of the host, ACS's callbacks a token of ACS: App Service authentication would turn both away with 401, and the
// events would be lost. Function and app check them.
var authentication = {
  platform: {
    enabled: httpAuth == 'entra'
  }
  globalValidation: {
    requireAuthentication: true
    unauthenticatedClientAction: 'Return401'
    excludedPaths: ['/runtime/webhooks/*', '/api/callbacks/*']
  }
  identityProviders: httpAuth == 'entra'
    ? {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: clientId
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          }
          validation: {
            allowedAudiences: [clientId, 'api://${clientId}']
          }
        }
      }
    : {}
  login: {
    tokenStore: {
      enabled: false
    }
  }
}

var limited = contains(['open', 'limited'], inbound)
  ? inbound == 'limited'
  : fail('ACS_EVENTS_APP_INBOUND is ${inbound}: open or limited is expected. The app cannot be closed: Event Grid does not deliver over private endpoints, and ACS calls back over the internet. What can be closed is storage: ACS_EVENTS_STORAGE_ACCESS=private.')

var inboundRules = map(concat(['AzureEventGrid'], inboundRanges), source => {
  ipAddress: source
  tag: contains('0123456789', take(source, 1)) || contains(source, ':') ? 'Default' : 'ServiceTag'
  action: 'Allow'
  priority: 100
  name: take(source, 32)
})

module plan 'br/public:avm/res/web/serverfarm:0.7.0' = {
  name: 'plan'
  params: {
    name: planName
    location: location
    tags: tags
    skuName: 'FC1'
    reserved: true
  }
}

module site 'br/public:avm/res/web/site:0.22.0' = {
  name: 'function-app'
  params: {
    name: name
    location: location
    tags: union(tags, { 'azd-service-name': 'app' })
    kind: 'functionapp,linux'
    serverFarmResourceId: plan.outputs.resourceId
    httpsOnly: true
    clientAffinityEnabled: false
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetResourceId: empty(subnetId) ? null : subnetId
    managedIdentities: {
      userAssignedResourceIds: [identityId]
    }
    keyVaultAccessIdentityResourceId: identityId
    basicPublishingCredentialsPolicies: [
      {
        name: 'ftp'
        allow: false
      }
      {
        name: 'scm'
        allow: false
      }
    ]
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'node'
        version: '24'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: incomingCallsReady > 0
          ? [
              {
                name: 'function:incomingCallEvents'
                instanceCount: incomingCallsReady
              }
            ]
          : []
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      ipSecurityRestrictionsDefaultAction: limited ? 'Deny' : 'Allow'
      ipSecurityRestrictions: limited ? inboundRules : []
      // Deployments come here, with a token of Entra ID.
      scmIpSecurityRestrictionsUseMain: false
      scmIpSecurityRestrictionsDefaultAction: 'Allow'
    }
    configs: [
      {
        name: 'appsettings'
        // What is written here is what there is: a setting that was removed is gone.
        retainCurrentAppSettings: false
        properties: appSettings
      }
      {
        // Also with keys, so that it is switched off again.
        name: 'authsettingsV2'
        properties: authentication
      }
    ]
  }
}

output id string = site.outputs.resourceId
output name string = site.outputs.name
output hostname string = site.outputs.defaultHostname
