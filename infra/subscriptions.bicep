// One event subscription per family. Deployed by scripts/subscribe.sh and subscribe.ps1 once the functions are there: Event Grid
// refuses a destination that it cannot find.

@description('Name of the system topic of the ACS resource, in this resource group.')
param topicName string

@description('Resource id of the function app.')
param functionAppId string

@description('Resource id of the storage account that takes dead letters.')
param storageAccountId string

@description('Schema of the events: the app reads both.')
@allowed(['EventGridSchema', 'CloudEventSchemaV1_0'])
param eventSchema string = 'EventGridSchema'

@description('Families to subscribe to, separated by commas; empty = all.')
param families string = ''

@description('Event types to leave out, separated by commas, without Microsoft.Communication.')
param excludedEventTypes string = ''

@description('Only texts to this number of yours, or to all that begin like it, in digits: 1833, +18335550100.')
param phoneNumber string = ''

@description('Only chats whose threadId begins like this.')
param thread string = ''

@description('Only calls whose serverCallId begins like this.')
param call string = ''

@description('Only incoming calls of callers whose raw id begins like this: 4:+1425, 8:acs:{resource}.')
param caller string = ''

@description('Only presence of users whose raw id begins like this.')
param user string = ''

var plan = loadJsonContent('families.json')
var wanted = empty(families) ? map(items(plan), item => item.key) : map(split(families, ','), family => trim(family))
var excluded = map(split(excludedEventTypes, ','), eventType => toLower(trim(eventType)))
var unknown = filter(wanted, family => !contains(plan, family))
var chosen = empty(unknown)
  ? filter(items(plan), item => contains(wanted, item.key))
  : fail('ACS_EVENTS_FAMILIES names ${join(unknown, ', ')}. Families are ${join(map(items(plan), item => item.key), ', ')}.')

// As people write them; a subject has the digits of a number only.
var filters = {
  none: ''
  phoneNumber: replace(replace(phoneNumber, '+', ''), ' ', '')
  thread: trim(thread)
  call: trim(call)
  caller: trim(caller)
  user: trim(user)
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

// One after another: Event Grid refuses two changes of a topic at once.
@batchSize(1)
resource eventSubscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = [
  for family in chosen: {
    parent: topic
    name: '${family.key}Events'
    properties: {
      destination: {
        endpointType: 'AzureFunction'
        properties: {
          resourceId: '${functionAppId}/functions/${family.key}Events'
          // A batch is answered within seconds, far below the 30 s that Event Grid waits; all of it comes again if one write fails.
          maxEventsPerBatch: family.value.maxEventsPerBatch
          preferredBatchSizeInKilobytes: 64
        }
      }
      eventDeliverySchema: eventSchema
      filter: {
        includedEventTypes: map(
          filter(family.value.eventTypes, eventType => !contains(excluded, toLower(eventType))),
          eventType => 'Microsoft.Communication.${eventType}'
        )
        subjectBeginsWith: empty(filters[family.value.filter])
          ? ''
          : '${family.value.subject}${filters[family.value.filter]}'
        isSubjectCaseSensitive: false
      }
      // As long as Event Grid can; but a call rings for 30 s, so incoming calls have 2 attempts and a minute, as Microsoft advises.
      retryPolicy: {
        maxDeliveryAttempts: family.value.maxDeliveryAttempts
        eventTimeToLiveInMinutes: family.value.eventTimeToLiveInMinutes
      }
      // The topic's own identity: behind a storage firewall Event Grid can use no other.
      deadLetterWithResourceIdentity: {
        identity: {
          type: 'SystemAssigned'
        }
        deadLetterDestination: {
          endpointType: 'StorageBlob'
          properties: {
            resourceId: storageAccountId
            blobContainerName: 'dead-letters'
          }
        }
      }
    }
  }
]

@description('Names of the subscriptions.')
output names array = [for family in chosen: '${family.key}Events']
