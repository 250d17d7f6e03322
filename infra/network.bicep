// The network through which the app reaches storage when it is private.

param name string
param location string
param tags object

@description('Address space: two subnets of /24 or more fit in.')
param addressPrefix string = '10.42.0.0/16'

var services = ['blob', 'queue', 'table']

module network 'br/public:avm/res/network/virtual-network:0.7.1' = {
  name: 'virtual-network'
  params: {
    name: name
    location: location
    tags: tags
    addressPrefixes: [addressPrefix]
    subnets: [
      {
        // Flex Consumption wants this delegation, and the subnet for itself.
        name: 'app'
        addressPrefix: cidrSubnet(addressPrefix, 24, 0)
        delegation: 'Microsoft.App/environments'
      }
      {
        name: 'endpoints'
        addressPrefix: cidrSubnet(addressPrefix, 24, 1)
      }
    ]
  }
}

module zones 'br/public:avm/res/network/private-dns-zone:0.8.0' = [
  for service in services: {
    name: 'dns-${service}'
    params: {
      name: 'privatelink.${service}.${environment().suffixes.storage}'
      tags: tags
      virtualNetworkLinks: [
        {
          virtualNetworkResourceId: network.outputs.resourceId
        }
      ]
    }
  }
]

output appSubnetId string = network.outputs.subnetResourceIds[0]
output endpointSubnetId string = network.outputs.subnetResourceIds[1]
output dnsZoneIds object = {
  blob: zones[0].outputs.resourceId
  queue: zones[1].outputs.resourceId
  table: zones[2].outputs.resourceId
}
