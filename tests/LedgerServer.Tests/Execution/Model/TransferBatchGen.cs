using CsCheck;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Transfers.Batches;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

/// <summary>Random batches of transfers whose ids come again within and across batches.</summary>
internal static class TransferBatchGen
{
    public static Gen<CommandBody> Of(Gen<string> account, Gen<long> units) => Gen.Select(
        account.Array[2, 6].Where(ids => ids.Distinct().Count() > 1),
        Gen.Select(Gen.Int[0, 20], Gen.UInt[0, 5], Gen.UInt[0, 5], units, Gen.ULong[0, 1]).Array[1, 8],
        Gen.Int[0, 19])
        .Select((ids, entries, currency) =>
        {
            string[] accounts = [.. ids.Distinct()];
            return (CommandBody)new TransferBatch
            {
                CurrencyCode = currency switch { 0 => "JPY", 1 => "USD", _ => "EUR" },
                Exponent = currency == 2 ? 3U : currency == 0 ? 0U : 2U,
                AccountIds = accounts,
                Entries = entries.Select(entry => new TransferEntry(
                    (UInt128)entry.Item1, entry.Item2 % (uint)accounts.Length, entry.Item3 % (uint)accounts.Length, entry.Item4, entry.Item5)).ToArray(),
            };
        });
}
