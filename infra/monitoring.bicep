// Where logs, metrics and traces go, and the workbook over them.

param workspaceName string
param applicationInsightsName string
param workbookTitle string
param location string
param tags object

@description('Days for which logs are kept.')
param logDays int

@description('Principal of the app\'s identity, which alone may write.')
param appPrincipalId string

var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

module workspace 'br/public:avm/res/operational-insights/workspace:0.12.0' = {
  name: 'log-analytics'
  params: {
    name: workspaceName
    location: location
    tags: tags
    dataRetention: logDays
  }
}

module insights 'br/public:avm/res/insights/component:0.6.1' = {
  name: 'application-insights'
  params: {
    name: applicationInsightsName
    location: location
    tags: tags
    workspaceResourceId: workspace.outputs.resourceId
    applicationType: 'web'
    // Its connection string is an address, then, and no key.
    disableLocalAuth: true
    roleAssignments: [
      {
        principalId: appPrincipalId
        principalType: 'ServicePrincipal'
        roleDefinitionIdOrName: monitoringMetricsPublisher
      }
    ]
  }
}

// There is no Azure Verified Module for workbooks.
resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'acs-events')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: workbookTitle
    category: 'workbook'
    sourceId: workspace.outputs.resourceId
    serializedData: loadTextContent('workbook.json')
    version: '1.0'
  }
}

output workspaceId string = workspace.outputs.resourceId
output applicationInsightsConnectionString string = insights.outputs.connectionString
