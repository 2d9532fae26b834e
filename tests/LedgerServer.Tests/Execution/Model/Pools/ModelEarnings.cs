using System.Numerics;
using KpGrpc.LedgerServer.Tests.Execution.Model.Agreements;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

/// <summary>What parties of agreements earned in periods that are not closed.</summary>
internal sealed class ModelEarnings(ModelState state)
{
    private readonly Dictionary<(string Period, string Line), BigInteger> _sums = [];

    public IEnumerable<string> Text =>
        _sums.Where(sum => sum.Value != 0).Select(sum => $"{sum.Key.Period} {sum.Key.Line} {sum.Value}").Order(StringComparer.Ordinal);

    public static string LineOf(string agreement, string kind, ModelParty party, string currency) =>
        $"{agreement} {kind} {party.Organization} {party.Role} {currency}";

    public BigInteger Of(string period, string line) => _sums.GetValueOrDefault((period, line));

    /// <summary>Counts parts of parties, not of ancestors' owners, in the period that runs.</summary>
    public void CountRunning(IEnumerable<string> lines, IEnumerable<BigInteger> parts, long now)
    {
        if (state.Periods.Find(p => !p.IsClosed && p.Starts <= now && now < p.Ends) is { } running)
        {
            Count(running.Id, lines, parts);
        }
    }

    public void Count(string period, IEnumerable<string> lines, IEnumerable<BigInteger> parts)
    {
        foreach (var (line, part) in lines.Zip(parts))
        {
            _sums[(period, line)] = Of(period, line) + part;
        }
    }

    public void Drop(string period)
    {
        foreach (var key in _sums.Keys.Where(key => key.Period == period).ToArray())
        {
            _sums.Remove(key);
        }
    }
}
