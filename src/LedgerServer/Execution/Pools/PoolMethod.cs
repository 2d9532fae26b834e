namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>
/// How a pool is divided among works. The numbers are those of <c>kp.payment.v1.PoolMethod</c>.
/// </summary>
internal enum PoolMethod
{
    /// <summary>By each work's part of all usage.</summary>
    ProRata = 1,

    /// <summary>Each subscriber's payment by that subscriber's own usage; payments without usage pro rata over all usage.</summary>
    UserCentric = 2,
}
