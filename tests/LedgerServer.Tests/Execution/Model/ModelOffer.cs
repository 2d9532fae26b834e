using System.Numerics;
using KpGrpc.LedgerServer.Execution.Licences;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

internal sealed class ModelOffer
{
    public required string Work { get; init; }

    public required string Price { get; init; }

    public required BigInteger Units { get; init; }

    public required string Currency { get; init; }

    public required LicenceTerms Terms { get; init; }

    public required string Publisher { get; init; }

    public long? Until { get; init; }

    public bool Withdrawn { get; set; }
}
