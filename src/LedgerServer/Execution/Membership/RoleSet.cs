namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>A set of roles by value; walks them ascending by number.</summary>
internal readonly record struct RoleSet
{
    private readonly uint _bits;

    private RoleSet(uint bits) => _bits = bits;

    /// <summary>The set of the given roles; doubles count once.</summary>
    /// <param name="roles">Defined roles.</param>
    public static RoleSet Of(params ReadOnlySpan<Role> roles)
    {
        var bits = 0u;
        foreach (var role in roles)
        {
            bits |= 1u << (int)role;
        }

        return new RoleSet(bits);
    }

    /// <summary>True where the set has no role.</summary>
    public bool IsEmpty => _bits == 0;

    /// <summary>True where <paramref name="role"/> is in the set.</summary>
    public bool Contains(Role role) =>
        role is >= Role.Producer and <= Role.Regulator && (_bits & (1u << (int)role)) != 0;

    /// <summary>True where the two sets share a role.</summary>
    public bool Overlaps(RoleSet other) => (_bits & other._bits) != 0;

    /// <summary>True where every role of this set is in <paramref name="other"/>.</summary>
    public bool IsSubsetOf(RoleSet other) => (_bits & ~other._bits) == 0;

    /// <summary>The roles that both sets hold.</summary>
    public RoleSet Intersect(RoleSet other) => new(_bits & other._bits);

    /// <summary>The roles, ascending by number.</summary>
    public IReadOnlyList<Role> ToList()
    {
        var roles = new List<Role>();
        for (var role = Role.Producer; role <= Role.Regulator; role++)
        {
            if (Contains(role))
            {
                roles.Add(role);
            }
        }

        return roles;
    }

    /// <summary>The names of the roles, ascending by number, with ", " between.</summary>
    public override string ToString() => string.Join(", ", ToList());
}
