using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using KpGrpc.GatewayLoad.Servers;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.GatewayLoad.Chaos;

/// <summary>
/// A learner who buys one work after another. An attempt that fails, or whose outcome is not known, is repeated with the same
/// key until the purchase is acknowledged, as an app does.
/// </summary>
internal sealed class Buyer(LearnerService.LearnerServiceClient client, string learnerId, Metadata headers, TimeProvider time)
{
    private const long Funds = 1_000_000;
    private const int PageMax = 100;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AuditLimit = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, long> acknowledged = [];
    private (string WorkId, long Price, ByteString Key)? open;

    /// <summary>Pays in what she will spend.</summary>
    public async Task FundAsync() => await client.TopUpAsync(
        new TopUpRequest { LearnerId = learnerId, IdempotencyKey = NewKey(), Amount = LedgerMarket.Amount(Funds) }, headers, (time.GetUtcNow() + AuditLimit).UtcDateTime);

    /// <summary>Buys until she is stopped.</summary>
    /// <param name="now">Where to record.</param>
    /// <param name="start">Start of the run.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(Func<Observations> now, long start, CancellationToken stop)
    {
        for (var next = 0; !stop.IsCancellationRequested && next < LedgerMarket.WorksForSale;)
        {
            open ??= (Market.WorkId(next), Market.PriceOf(next), NewKey());
            var (seen, began) = (now(), time.GetElapsedTime(start));
            var completed = await AttemptAsync(seen);
            seen.Purchase(began, completed);
            next += completed ? 1 : 0;
            await Task.Delay(Pace, time, CancellationToken.None);
        }
    }

    /// <summary>After the run: ends what is open, then compares what the ledger says with what was acknowledged.</summary>
    /// <returns>Acknowledged purchases that the ledger does not know; money that is gone though no acknowledged purchase took it, in purchases.</returns>
    public async Task<(int Lost, int DoubleCharges)> AuditAsync(Observations seen)
    {
        for (var attempt = 0; open is not null && attempt < 20; attempt++)
        {
            await AttemptAsync(seen);
        }

        var owned = new HashSet<string>();
        var page = new GetLibraryRequest { LearnerId = learnerId, PageSize = PageMax };
        var paid = 0L;
        do
        {
            var answer = await client.GetLibraryAsync(page, headers, (time.GetUtcNow() + AuditLimit).UtcDateTime);
            owned.UnionWith(answer.Items.Select(item => item.Work.WorkId));
            paid += answer.Items.Sum(item => item.Paid?.MinorUnits ?? 0);
            page.PageToken = answer.NextPageToken;
        }
        while (page.PageToken.Length > 0);

        var wallet = await client.GetWalletAsync(new GetWalletRequest { LearnerId = learnerId }, headers, (time.GetUtcNow() + AuditLimit).UtcDateTime);
        var spent = Funds - wallet.Balances.Sum(balance => balance.Available.MinorUnits);
        var lost = acknowledged.Keys.Count(work => !owned.Contains(work));
        return (lost, spent == acknowledged.Values.Sum() && paid == spent ? 0 : 1);
    }

    private static ByteString NewKey() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));

    private async Task<bool> AttemptAsync(Observations seen)
    {
        var (work, price, key) = open!.Value;
        try
        {
            var answer = await client.PurchaseAsync(
                new PurchaseRequest { LearnerId = learnerId, WorkId = work, IdempotencyKey = key, ExpectedPrice = LedgerMarket.Amount(price) }, headers, (time.GetUtcNow() + CallLimit).UtcDateTime);
            if (answer.IdempotencyKey != key || (answer.Outcome == Outcome.Completed && (answer.Receipt.WorkId != work || answer.Receipt.Amount.MinorUnits != price)))
            {
                seen.Fault($"{learnerId} bought {work} for {price} and got a receipt of {answer.Receipt?.WorkId} for {answer.Receipt?.Amount}");
            }

            if (answer.Outcome != Outcome.Completed)
            {
                return false;
            }

            acknowledged[work] = price;
            open = null;
            return true;
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal or StatusCode.Cancelled or StatusCode.ResourceExhausted)
        {
            return false;
        }
        catch (RpcException failure)
        {
            seen.Fault($"{learnerId} was refused {work}: {failure.Status.Detail}");
            return false;
        }
    }
}
