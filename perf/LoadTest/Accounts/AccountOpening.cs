using KpGrpc.Client.Commands;
using KpGrpc.Client.Ledger;
using KpGrpc.LoadTest.Servers;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LoadTest.Accounts;

/// <summary>Opens the accounts between which money moves: wallets of the payment provider with an overdraft that no run exhausts.</summary>
internal static class AccountOpening
{
    /// <summary>Who owns the accounts and signs the transfers.</summary>
    public const string Owner = "payment-provider";

    private const long Overdraft = 1_000_000_000_000_000;
    private const int AtATime = 20_000;

    /// <summary>Ids of accounts, short as a batch likes them.</summary>
    public static string[] Ids(int accounts) => [.. Enumerable.Range(0, accounts).Select(i => $"a{i:D6}")];

    /// <summary>Opens accounts.</summary>
    /// <exception cref="LoadException">One was not opened.</exception>
    public static async Task OpenAsync(LedgerSession session, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        await using var commands = session.Client.OpenCommands(session.Signer(Owner), new CommandBatcherOptions { CommandsPerCallMax = 1_800, BesideMin = 900, CallsMax = 3 });
        foreach (var some in ids.Chunk(AtATime))
        {
            var outcomes = await Task.WhenAll(some.Select(id => commands.SubmitAsync(payload => payload.OpenAccount = Account(id), cancellationToken: cancellationToken)));
            RequireAccepted(outcomes);
        }
    }

    /// <summary>Refuses to go on where a command was not accepted.</summary>
    public static void RequireAccepted(IEnumerable<CommandOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome is not CommandOutcome.Answered { Receipt.Status: ReceiptStatus.Accepted })
            {
                throw new LoadException(outcome switch
                {
                    CommandOutcome.Answered answered => $"a command was rejected: {answered.Receipt.RejectionMessage}",
                    CommandOutcome.NotOrdered refused => $"a command was not ordered: {refused.Status.Message}",
                    CommandOutcome.Unknown unknown => $"a command's outcome is unknown: {unknown.Status.Message}",
                    _ => "a command has no outcome",
                });
            }
        }
    }

    private static OpenAccount Account(string id) => new()
    {
        AccountId = id,
        Owner = new AccountOwner { OrganizationId = Owner },
        Kind = AccountKind.Wallet,
        CurrencyCode = LedgerSession.Currency,
        Exponent = LedgerSession.Exponent,
        Limits = new AccountLimits { OverdraftMinorUnits = Overdraft },
    };
}
