// A new ACS resource, for who has none. Existing customers give theirs with ACS_EVENTS_COMMUNICATION_SERVICE_ID.

param name string
param tags object

@description('Where ACS keeps its data at rest: Europe, United States, …')
param dataLocation string

module service 'br/public:avm/res/communication/communication-service:0.4.0' = {
  name: 'communication-service'
  params: {
    name: name
    location: 'global'
    tags: tags
    dataLocation: dataLocation
  }
}

output id string = service.outputs.resourceId
