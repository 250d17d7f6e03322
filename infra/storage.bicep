// The account that keeps everything, and who may do what in it. Nothing here reaches it by key.

@description('Name of the storage account.')
param name string

param location string
param tags object

@description('Redundancy, such as Standard_ZRS.')
param skuName string

@description('private: only the app\'s network, the given ranges and trusted Azure services reach it. open: any network, with an identity.')
@allowed(['open', 'private'])
param access string

@description('Public addresses (CIDR) that reach it all the same when it is private.')
param allowedRanges array

@description('Subnet of the private endpoints; empty when it is open.')
param endpointSubnetId string

@description('Private DNS zone of each service: { blob, queue, table }; empty when it is open.')
param dnsZoneIds object

@description('Principal of the app\'s identity.')
param appPrincipalId string

@description('Principal of the system topic\'s identity, which writes dead letters.')
param topicPrincipalId string

@description('Principal of the person who writes the documents in container config; empty = nobody.')
param operatorPrincipalId string

@description('Days for which deleted and overwritten blobs can be had back.')
param softDeleteDays int

@description('Days after which archives that were made for people are deleted.')
param exportDays int

@description('Days after which former versions of blobs are deleted; 0 = kept.')
param versionDays int

@description('Whether a lock keeps the account from being deleted.')
param locked bool

var kept = loadJsonContent('storage.json')
var deploymentContainer = 'deployments'

// What each role is for is told in docs/security.md.
var roles = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
}

var containerRoles = {
  'dead-letters': [
    {
      principalId: topicPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionIdOrName: roles.blobDataContributor
    }
  ]
  config: empty(operatorPrincipalId)
    ? []
    : [
        {
          principalId: operatorPrincipalId
          roleDefinitionIdOrName: roles.blobDataContributor
        }
      ]
}

var exportsExpire = {
  name: 'exports-expire'
  enabled: true
  type: 'Lifecycle'
  definition: {
    filters: {
      blobTypes: ['blockBlob']
      prefixMatch: ['exports/']
    }
    actions: {
      baseBlob: {
        delete: {
          daysAfterModificationGreaterThan: exportDays
        }
      }
      version: {
        delete: {
          daysAfterCreationGreaterThan: exportDays
        }
      }
    }
  }
}

var versionsExpire = {
  name: 'versions-expire'
  enabled: true
  type: 'Lifecycle'
  definition: {
    filters: {
      blobTypes: ['blockBlob']
    }
    actions: {
      version: {
        delete: {
          daysAfterCreationGreaterThan: versionDays
        }
      }
    }
  }
}

module account 'br/public:avm/res/storage/storage-account:0.32.0' = {
  name: 'storage-account'
  params: {
    name: name
    location: location
    tags: tags
    skuName: skuName
    kind: 'StorageV2'
    lock: locked
      ? {
          kind: 'CanNotDelete'
          notes: 'All that acs-events keeps. Remove the lock only if you mean to lose it.'
        }
      : null
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    // Enabled also when private: Event Grid has no private endpoint to go through, and comes in as a trusted service.
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      defaultAction: access == 'private' ? 'Deny' : 'Allow'
      bypass: 'AzureServices'
      ipRules: [
        for address in (access == 'private' ? allowedRanges : []): {
          action: 'Allow'
          value: address
        }
      ]
    }
    privateEndpoints: [
      for service in (access == 'private' ? ['blob', 'queue', 'table'] : []): {
        service: service
        subnetResourceId: endpointSubnetId
        privateDnsZoneGroup: {
          privateDnsZoneGroupConfigs: [
            {
              privateDnsZoneResourceId: dnsZoneIds[service]
            }
          ]
        }
      }
    ]
    blobServices: {
      isVersioningEnabled: true
      deleteRetentionPolicyEnabled: true
      deleteRetentionPolicyDays: softDeleteDays
      containerDeleteRetentionPolicyEnabled: true
      containerDeleteRetentionPolicyDays: softDeleteDays
      containers: [
        for container in concat(kept.containers, [deploymentContainer]): {
          name: container
          publicAccess: 'None'
          roleAssignments: containerRoles[?container] ?? []
        }
      ]
    }
    tableServices: {
      tables: [
        for table in kept.tables: {
          name: table
        }
      ]
    }
    queueServices: {
      queues: [
        for queue in concat(kept.queues, map(kept.queues, job => '${job}-poison')): {
          name: queue
        }
      ]
    }
    managementPolicyRules: concat([exportsExpire], versionDays > 0 ? [versionsExpire] : [])
    roleAssignments: [
      for role in [
        roles.blobDataOwner
        roles.queueDataContributor
        roles.tableDataContributor
        roles.reader
      ]: {
        principalId: appPrincipalId
        principalType: 'ServicePrincipal'
        roleDefinitionIdOrName: role
      }
    ]
  }
}

output id string = account.outputs.resourceId
output name string = account.outputs.name
output deploymentContainerUrl string = '${account.outputs.primaryBlobEndpoint}${deploymentContainer}'
