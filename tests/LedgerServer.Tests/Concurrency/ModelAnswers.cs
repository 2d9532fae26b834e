using System.Globalization;
using System.Numerics;

using KpGrpc.LedgerServer.Tests.Execution.Model;

namespace KpGrpc.LedgerServer.Tests.Concurrency;

/// <summary>Questions as text, and what the reference model answers to them.</summary>
internal static class ModelAnswers
{
    /// <summary>All accounts' sums together.</summary>
    public const string Trial = "trial";

    public static string Balance(string accountId) => $"balance {accountId}";

    public static string Refunded(string purchaseId) => $"refunded {purchaseId}";

    /// <summary>Four sums: debits and credits, posted and held.</summary>
    public static string Sums(BigInteger debits, BigInteger credits, BigInteger debitsHeld, BigInteger creditsHeld) =>
        string.Create(CultureInfo.InvariantCulture, $"{debits} {credits} {debitsHeld} {creditsHeld}");

    /// <summary>A model of a development network's members.</summary>
    public static ReferenceModel NewModel()
    {
        var model = new ReferenceModel();
        foreach (var (id, role) in new[]
        {
            ("producer", "Producer"), ("platform", "Platform"), ("technology", "Technology"), ("operator", "Operator"), ("payment-provider", "PaymentProvider"),
        })
        {
            model.State.Organizations[id] = [role];
            model.State.KeyOwners[$"{id}-1"] = id;
        }

        return model;
    }

    /// <summary>The model's answer as it stands.</summary>
    public static string Of(ReferenceModel model, string question) => question.Split(' ') switch
    {
        [Trial] => SumsOf(model, model.State.Accounts.Values),
        ["balance", var id] => model.State.Accounts.TryGetValue(id, out var account) ? SumsOf(model, [account]) : "unknown account",
        ["refunded", var id] => model.State.Sales.TryGetValue(id, out var sale)
            ? sale.Received.Zip(sale.Remaining).Aggregate(BigInteger.Zero, (sum, part) => sum + part.First.Amount - part.Second).ToString(CultureInfo.InvariantCulture)
            : "unknown purchase",
        _ => throw new ArgumentException($"no such question: {question}", nameof(question)),
    };

    private static string SumsOf(ReferenceModel model, IReadOnlyCollection<ModelAccount> accounts)
    {
        var held = accounts.Select(account => model.Book.Held(account, null)).ToList();
        return Sums(
            accounts.Aggregate(BigInteger.Zero, (sum, account) => sum + account.Debits),
            accounts.Aggregate(BigInteger.Zero, (sum, account) => sum + account.Credits),
            held.Aggregate(BigInteger.Zero, (sum, sums) => sum + sums.Debits),
            held.Aggregate(BigInteger.Zero, (sum, sums) => sum + sums.Credits));
    }
}
