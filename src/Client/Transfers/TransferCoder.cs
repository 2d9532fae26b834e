using KpGrpc.Client.Signing;

namespace KpGrpc.Client.Transfers;

/// <summary>The buffers that one send needs. Not thread-safe.</summary>
/// <param name="signer">Whose ids stand in the payloads.</param>
/// <param name="options">Currency and bounds.</param>
internal sealed class TransferCoder(CommandSigner signer, TransferBatcherOptions options)
{
    private readonly TransferBatchEncoder encoder = new(signer, options.CurrencyCode, options.Exponent, options.TransfersPerCommandMax);

    /// <summary>Reads the answers.</summary>
    public TransferReceiptReader Reader { get; } = new();

    /// <summary>Encodes transfers from the first one on, until all are encoded or there are enough commands.</summary>
    /// <param name="transfers">1 or more.</param>
    /// <param name="signer">Gives the commands' window.</param>
    /// <param name="commandsMax">Most commands, 1 or more.</param>
    /// <returns>At least one command; together they hold the first transfers.</returns>
    public List<TransferCommand> Encode(ReadOnlyMemory<PendingTransfer> transfers, CommandSigner signer, int commandsMax)
    {
        var commands = new List<TransferCommand>();
        var first = 0;
        while (first < transfers.Length && commands.Count < commandsMax)
        {
            var pending = transfers.Span;
            var next = first;
            while (next < pending.Length && encoder.TryAdd(pending[next].Transfer))
            {
                next++;
            }

            var key = CommandSigner.NewIdempotencyKey();
            commands.Add(new TransferCommand(encoder.Finish(key, signer.NotAfter()), key, transfers[first..next]));
            first = next;
        }

        return commands;
    }
}
