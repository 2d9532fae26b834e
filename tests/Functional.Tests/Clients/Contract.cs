using Google.Protobuf.Reflection;

using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Functional.Tests.Clients;

/// <summary>Every service of the contract, read from the compiled contract itself.</summary>
internal static class Contract
{
    /// <summary>Gets the services by full name.</summary>
    public static IReadOnlyList<ServiceDescriptor> Services { get; } =
    [
        .. typeof(LedgerService).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", typeof(ServiceDescriptor)))
            .OfType<System.Reflection.PropertyInfo>()
            .Select(property => (ServiceDescriptor)property.GetValue(null)!)
            .OrderBy(service => service.FullName, StringComparer.Ordinal),
    ];
}
