// The ACS resource's system topic and the app's role on the resource, in the resource group of the ACS resource. There is one topic
// per resource: if there is one already, give its name, and it is taken over with its subscriptions.

@description('Name of the ACS resource, in this resource group.')
param communicationServiceName string

@description('Name of the system topic.')
param topicName string

param tags object

@description('Principal of the app\'s identity.')
param appPrincipalId string

// The narrowest role that ACS honours: it knows no data role, and no custom role.
var communicationAndEmailServiceOwner = '09976791-48a7-449e-bb21-39d1a415f350'

resource service 'Microsoft.Communication/communicationServices@2023-04-01' existing = {
  name: communicationServiceName
}

module topic 'br/public:avm/res/event-grid/system-topic:0.6.4' = {
  name: 'system-topic'
  params: {
    name: topicName
    location: 'global'
    tags: tags
    source: service.id
    topicType: 'Microsoft.Communication.CommunicationServices'
    // Its own, not a user-assigned one: behind a storage firewall Event Grid writes dead letters with no other.
    managedIdentities: {
      systemAssigned: true
    }
  }
}

resource appRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(service.id, appPrincipalId, communicationAndEmailServiceOwner)
  scope: service
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      communicationAndEmailServiceOwner
    )
  }
}

output topicId string = topic.outputs.resourceId
output topicName string = topic.outputs.name
output topicPrincipalId string = topic.outputs.systemAssignedMIPrincipalId ?? ''
output endpoint string = 'https://${service.properties.hostName}'
output immutableResourceId string = service.properties.immutableResourceId
