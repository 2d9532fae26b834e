using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Payments;

/// <summary>Moves money of the reference model: tries all lines on copies of the sums, so that a failed one leaves nothing.</summary>
internal sealed class ModelBook(ModelState state)
{
    /// <summary>What holds reserve; null for a time counts those that receipts call open, else those not over by then.</summary>
    public (BigInteger Debits, BigInteger Credits) Held(ModelAccount account, long? now)
    {
        var open = state.Holds.Where(hold => now is null || !hold.IsOver(now.Value)).ToArray();
        return (
            open.Where(hold => hold.From == account).Aggregate(BigInteger.Zero, (sum, hold) => sum + hold.Remaining),
            open.Where(hold => hold.To == account).Aggregate(BigInteger.Zero, (sum, hold) => sum + hold.Remaining));
    }

    /// <summary>The first reason that forbids a line; null where all were made. Held lines are only tried.</summary>
    public string? Post(IEnumerable<ModelLine> lines, long now)
    {
        var sums = new Dictionary<ModelAccount, Sums>();
        if (Try(lines, now, sums) is { } reason)
        {
            return reason;
        }

        foreach (var (account, sum) in sums)
        {
            (account.Debits, account.Credits) = (sum.Debits, sum.Credits);
        }

        return null;
    }

    /// <summary>The first reason that forbids a line; makes none.</summary>
    public string? Try(IEnumerable<ModelLine> lines, long now) => Try(lines, now, []);

    private string? Try(IEnumerable<ModelLine> lines, long now, Dictionary<ModelAccount, Sums> sums)
    {
        foreach (var line in lines)
        {
            if (!sums.TryGetValue(line.Account, out var sum))
            {
                var (heldDebits, heldCredits) = Held(line.Account, now);
                sums.Add(line.Account, sum = new Sums(line.Account.Debits, line.Account.Credits, heldDebits, heldCredits));
            }

            if (sum.Add(line) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private sealed class Sums(BigInteger debits, BigInteger credits, BigInteger heldDebits, BigInteger heldCredits)
    {
        private BigInteger _heldDebits = heldDebits;
        private BigInteger _heldCredits = heldCredits;

        public BigInteger Debits { get; private set; } = debits;

        public BigInteger Credits { get; private set; } = credits;

        public string? Add(ModelLine line)
        {
            Debits += line.IsDebit && !line.IsHeld ? line.Amount : 0;
            Credits += !line.IsDebit && !line.IsHeld ? line.Amount : 0;
            _heldDebits += line.IsDebit && line.IsHeld ? line.Amount : 0;
            _heldCredits += !line.IsDebit && line.IsHeld ? line.Amount : 0;
            if (Debits + _heldDebits > long.MaxValue || Credits + _heldCredits > long.MaxValue)
            {
                return "AmountOverflow";
            }

            if (line.IsForced)
            {
                return null;
            }

            var account = line.Account;
            var isAsset = account.Kind is "Clearing" or "Foreign";
            var balance = isAsset ? Debits - Credits : Credits - Debits;
            return isAsset == line.IsDebit
                ? account.Highest > 0 && balance + (isAsset ? _heldDebits : _heldCredits) > account.Highest ? "BalanceLimitExceeded" : null
                : balance - (isAsset ? _heldCredits : _heldDebits) < -account.Overdraft ? "InsufficientFunds" : null;
        }
    }
}
