using Google.Protobuf;

using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>What a caller wants written.</summary>
internal sealed record LedgerIntent
{
    /// <summary>Who signs.</summary>
    public required LedgerSigner Signer { get; init; }

    /// <summary>Key of the command on the ledger, 16 bytes; the same on every retry.</summary>
    public required ByteString Key { get; init; }

    /// <summary>Key of the caller as she sent it, for error messages.</summary>
    public required ByteString CallerKey { get; init; }

    /// <summary>Gives what sets the body of a new command; asked only where the ledger knows no command of this key.</summary>
    public required Func<Task<Action<CommandPayload>>> Prepare { get; init; }

    /// <summary>Whether an accepted entry is what the caller wants now.</summary>
    public required Func<Receipt, bool> IsSameEntry { get; init; }

    /// <summary>Whether a command is what the caller wants now.</summary>
    public required Func<CommandPayload, bool> IsSameCommand { get; init; }
}
