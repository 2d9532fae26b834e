using System.Collections.Frozen;

using Google.Protobuf.Reflection;

using KpGrpc.Gateway.Downstream;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Gateway.Services.Access;

/// <summary>The methods of the contract that write: those whose request carries an idempotency key, and the ledger's doors for signed commands.</summary>
internal static class WriteMethods
{
    /// <summary>Name of the field of a key.</summary>
    public const string KeyField = "idempotency_key";

    private static readonly FrozenSet<string> All = Contract.Services.SelectMany(entry => entry.Service.Methods).Where(Writes)
        .Select(method => $"/{method.Service.FullName}/{method.Name}").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the method of a path, <c>/package.Service/Method</c>, writes.</summary>
    public static bool Contains(string path) => All.Contains(path);

    private static bool Writes(MethodDescriptor method) =>
        method.InputType.FindFieldByName(KeyField) is not null
        || (method.Service.FullName == LedgerService.Descriptor.FullName && method.Name.StartsWith("Submit", StringComparison.Ordinal));
}
