// The alerts of alerts/alerts.json: log alerts over what the app tells, metric alerts over what Event Grid tells of the topic.

param location string
param tags object

@description('Beginning of the alerts\' names.')
param prefix string

@description('Workspace that the queries run in.')
param workspaceId string

@description('The system topic of the ACS resource.')
param topicId string

@description('Who is told, by e-mail; empty = alerts are seen in the portal only.')
param email string

@description('Hours without an event after which the alert no-events is raised: 1 to 6, 24 or 48.')
param noEventHours int

var alerts = loadJsonContent('alerts/alerts.json')
// A window of Azure Monitor in hours; 24 and 48 are days.
var noEventWindow = noEventHours < 24 ? 'PT${noEventHours}H' : 'P${noEventHours / 24}D'

module group 'br/public:avm/res/insights/action-group:0.8.0' = {
  name: 'action-group'
  params: {
    name: '${prefix}-alerts'
    groupShortName: 'acs-events'
    location: 'global'
    tags: tags
    emailReceivers: empty(email)
      ? []
      : [
          {
            name: 'owner'
            emailAddress: email
            useCommonAlertSchema: true
          }
        ]
  }
}

module logAlerts 'br/public:avm/res/insights/scheduled-query-rule:0.5.1' = [
  for alert in alerts.logs: {
    name: 'alert-${alert.name}'
    params: {
      name: '${prefix}-${alert.name}'
      alertDisplayName: 'acs-events: ${alert.title}'
      alertDescription: '${alert.meaning} What to do: docs/incidents/${alert.name}.md'
      location: location
      tags: tags
      severity: alert.severity
      scopes: [workspaceId]
      evaluationFrequency: alert.every
      windowSize: alert.window == 'noEventWindow' ? noEventWindow : alert.window
      autoMitigate: true
      // A workspace that was made a minute ago may not know its tables yet; tests look at the queries.
      skipQueryValidation: true
      criterias: {
        allOf: [
          {
            query: join(alert.query, '\n')
            metricMeasureColumn: 'Value'
            timeAggregation: alert.aggregation
            operator: alert.operator
            threshold: alert.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroupResourceIds: [group.outputs.resourceId]
      }
    }
  }
]

module topicAlerts 'br/public:avm/res/insights/metric-alert:0.4.1' = [
  for alert in alerts.topic: {
    name: 'topic-alert-${alert.name}'
    params: {
      name: '${prefix}-${alert.name}'
      alertDescription: '${alert.title}. ${alert.meaning} What to do: docs/incidents/${alert.name}.md'
      tags: tags
      severity: alert.severity
      scopes: [topicId]
      targetResourceType: 'Microsoft.EventGrid/systemTopics'
      targetResourceRegion: 'global'
      evaluationFrequency: alert.every
      windowSize: alert.window
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allof: [
          {
            name: alert.metric
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: 'Microsoft.EventGrid/systemTopics'
            metricName: alert.metric
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      actions: [group.outputs.resourceId]
    }
  }
]
