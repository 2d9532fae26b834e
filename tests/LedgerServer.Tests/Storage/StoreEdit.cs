using KpGrpc.LedgerServer.Storage;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Tests.Storage;

/// <summary>Changes a value of a stopped ledger's store, as nothing of ours would: its checksum is right, its bytes are not.</summary>
internal static class StoreEdit
{
    /// <param name="dataFolder">Data folder; no server may have it open.</param>
    /// <param name="column">Column of the store.</param>
    /// <param name="key">A key that stands in it.</param>
    /// <param name="change">Makes the new value of the old one.</param>
    public static void Change(string dataFolder, string column, byte[] key, Func<byte[], byte[]> change)
    {
        var families = new ColumnFamilies();
        foreach (var name in StoreLayout.Columns)
        {
            families.Add(name, new ColumnFamilyOptions());
        }

        using var db = RocksDb.Open(new DbOptions(), dataFolder, families);
        db.Put(key, change(db.Get(key, db.GetColumnFamily(column))), db.GetColumnFamily(column));
    }
}
