using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Storage.History;
using KpGrpc.LedgerServer.Tests.Services.Submission;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Tests.Fuzzing;

/// <summary>An engine that has executed the script of every kind, and goes on with whatever payload it is given.</summary>
internal sealed class ReplayedScript
{
    private readonly ReceiptEncoder encoder;
    private readonly HistoryEncoder history = new();
    private long now = UnixMicros.Of(TimeProvider.System.GetUtcNow());

    /// <param name="ledger">What was executed.</param>
    /// <param name="keepRows">Whether all rows of the script are kept.</param>
    public ReplayedScript(EveryKindLedger ledger, bool keepRows = false)
    {
        var genesis = ledger.Genesis;
        encoder = new ReceiptEncoder(genesis.NetworkId, genesis.LedgerId);
        Engine = new LedgerEngine(genesis, KeySignatures.Instance);
        foreach (var command in ledger.Script)
        {
            List<(byte[], LedgerServer.Execution.Accounts.Account)> before = keepRows ? [.. Rows] : [];
            Rows.Clear();
            Execute(command.Payload, command.Key.KeyId);
            Rows.AddRange(before);
        }
    }

    public LedgerEngine Engine { get; }

    /// <summary>The rows that the last command added to the histories of accounts.</summary>
    public List<(byte[] Row, LedgerServer.Execution.Accounts.Account Account)> Rows { get; } = [];

    /// <summary>Decodes, executes and encodes, as the pipeline does; null where the payload cannot be decoded.</summary>
    public Outcome? Execute(byte[] payload, string keyId)
    {
        if (PayloadDecoder.Decode(payload, new FieldViolations()) is not { Body: not null } decoded)
        {
            return null;
        }

        var outcome = Engine.Execute(CommandDecoder.ToCommand(decoded, payload, keyId, new byte[StoredCommand.SignatureBytes]), Engine.State.NextSequence, ++now);
        if (outcome is Executed executed)
        {
            Assert.InRange(encoder.Encode(executed.Receipt).Length, 1, ushort.MaxValue);
            var journal = Engine.State.Accounts.Journal;
            Rows.Clear();
            Rows.AddRange(journal.Accounts.Select(account => (history.Encode(account, journal.Of(account), now).ToArray(), account.Account)));
        }

        return outcome;
    }
}
