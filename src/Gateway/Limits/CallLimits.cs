using System.Collections.Concurrent;

using KpGrpc.Gateway.Security.Callers;
using KpGrpc.Gateway.Telemetry;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Limits;

/// <summary>Decides whether a caller may begin one more call. Safe from any thread.</summary>
internal sealed class CallLimits(SharedSeconds shared, GatewayMetrics metrics, IOptions<LimitOptions> options, TimeProvider time)
{
    private const int IdleSeconds = 5;

    private readonly LimitOptions limits = options.Value;
    private readonly ConcurrentDictionary<BudgetKey, CallBudget> budgets = new();
    private int underWay;
    private long sweptIn;

    /// <summary>Lets a call begin, or says why not.</summary>
    /// <param name="caller">Who makes it.</param>
    /// <param name="address">Her address, by which callers without a name are told apart.</param>
    /// <returns>The verdict; what has to be disposed when an admitted call ends.</returns>
    public async ValueTask<(LimitVerdict Verdict, IDisposable? Call)> EnterAsync(Caller caller, string address)
    {
        var isService = caller.Roles.HasFlag(Roles.Service) && !ReferenceEquals(caller, Caller.Anonymous);
        var key = new BudgetKey('c', ReferenceEquals(caller, Caller.Anonymous) ? address : caller.Subject);
        var budget = BudgetOf(ref key);
        if (Interlocked.Increment(ref underWay) > limits.ConcurrentCallsMax)
        {
            Interlocked.Decrement(ref underWay);
            return Refuse(LimitVerdict.Concurrency);
        }

        if (!budget.TryEnter(isService ? limits.ServiceConcurrentCalls : limits.ConcurrentCalls))
        {
            Interlocked.Decrement(ref underWay);
            return Refuse(LimitVerdict.CallerConcurrency);
        }

        var call = new UnderWay(this, budget);
        try
        {
            var verdict = await CheckRatesAsync(caller, key, budget, isService);
            if (verdict == LimitVerdict.Admitted)
            {
                return (verdict, call);
            }

            call.Dispose();
            return Refuse(verdict);
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    /// <summary>How long until calls are granted again.</summary>
    public TimeSpan UntilNextSecond()
    {
        var now = time.GetUtcNow();
        return TimeSpan.FromMilliseconds(1_000 - now.Millisecond);
    }

    private ValueTask<bool> TakeAsync(BudgetKey key, CallBudget budget, int perSecond)
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        return budget.TryTake(second) is { } known ? ValueTask.FromResult(known) : AskAsync(key, budget, perSecond, second);
    }

    private async ValueTask<bool> AskAsync(BudgetKey key, CallBudget budget, int perSecond, long second)
    {
        while (true)
        {
            await budget.AskAsync(second, granted => shared.TakeAsync(key, second, perSecond, granted));
            second = Math.Max(second, time.GetUtcNow().ToUnixTimeSeconds());
            if (budget.TryTake(second) is { } known)
            {
                return known;
            }
        }
    }

    private async ValueTask<LimitVerdict> CheckRatesAsync(Caller caller, BudgetKey key, CallBudget budget, bool isService)
    {
        if (!await TakeAsync(key, budget, isService ? limits.ServiceCallsPerSecond : limits.CallsPerSecond))
        {
            return LimitVerdict.CallerRate;
        }

        if (isService || (caller.Owner ?? caller.Organizations.FirstOrDefault()) is not { } organization)
        {
            return LimitVerdict.Admitted;
        }

        var theirs = new BudgetKey('o', organization);
        return await TakeAsync(theirs, BudgetOf(ref theirs), limits.OrganizationCallsPerSecond) ? LimitVerdict.Admitted : LimitVerdict.OrganizationRate;
    }

    private (LimitVerdict Verdict, IDisposable? Call) Refuse(LimitVerdict verdict)
    {
        metrics.Limited(verdict.ToString());
        return (verdict, null);
    }

    private void Leave(CallBudget budget)
    {
        budget.Leave();
        Interlocked.Decrement(ref underWay);
    }

    private CallBudget BudgetOf(ref BudgetKey key)
    {
        if (budgets.TryGetValue(key, out var known))
        {
            return known;
        }

        if (budgets.Count >= limits.CallersMax)
        {
            Sweep();
            key = budgets.Count >= limits.CallersMax ? BudgetKey.Crowd : key;
        }

        return budgets.GetOrAdd(key, static _ => new CallBudget());
    }

    // Once a second at most: a flood of new names must not cost a walk over all of them each.
    private void Sweep()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (Interlocked.Exchange(ref sweptIn, now) == now)
        {
            return;
        }

        foreach (var (key, budget) in budgets)
        {
            if (budget.IsIdle && budget.LastSecond < now - IdleSeconds)
            {
                budgets.TryRemove(key, out _);
            }
        }
    }

    private sealed class UnderWay(CallLimits limits, CallBudget budget) : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                limits.Leave(budget);
            }
        }
    }
}
