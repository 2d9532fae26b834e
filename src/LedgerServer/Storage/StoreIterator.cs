using RocksDbSharp;

namespace KpGrpc.LedgerServer.Storage;

/// <summary>
/// Walks one column as it stood when the walk began. RocksDB ends a walk alike at the last key and at a block that it
/// cannot read, and tells the two apart only when asked; every move here asks, so that damage never reads as the end.
/// Not thread-safe; disposed by who asked for it.
/// </summary>
/// <remarks>See https://github.com/facebook/rocksdb/wiki/Iterator#error-handling.</remarks>
internal sealed class StoreIterator : IDisposable
{
    private readonly Iterator iterator;
    private readonly Func<RocksDbException, InvalidDataException> damaged;

    /// <param name="iterator">The walk; owned from here on.</param>
    /// <param name="damaged">Reports what RocksDB found, and makes what is thrown.</param>
    public StoreIterator(Iterator iterator, Func<RocksDbException, InvalidDataException> damaged) => (this.iterator, this.damaged) = (iterator, damaged);

    /// <summary>The key that the last move reached; undefined where that returned false.</summary>
    public byte[] Key => iterator.Key();

    /// <summary>The value that the last move reached; undefined where that returned false.</summary>
    public byte[] Value => iterator.Value();

    /// <summary>Moves to the first key.</summary>
    /// <returns>False where the column is empty.</returns>
    /// <exception cref="InvalidDataException">The store is damaged there.</exception>
    public bool SeekToFirst() => IsAt(iterator.SeekToFirst());

    /// <summary>Moves to the last key.</summary>
    /// <returns>False where the column is empty.</returns>
    /// <exception cref="InvalidDataException">The store is damaged there.</exception>
    public bool SeekToLast() => IsAt(iterator.SeekToLast());

    /// <summary>Moves to the first key that is not before this one.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="InvalidDataException">The store is damaged there.</exception>
    public bool Seek(byte[] key) => IsAt(iterator.Seek(key));

    /// <summary>Moves to the last key that is not behind this one.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="InvalidDataException">The store is damaged there.</exception>
    public bool SeekForPrev(byte[] key) => IsAt(iterator.SeekForPrev(key));

    /// <summary>Moves to the next key; the last move must have returned true.</summary>
    /// <returns>False behind the last key.</returns>
    /// <exception cref="InvalidDataException">The store is damaged there.</exception>
    public bool Next() => IsAt(iterator.Next());

    public void Dispose() => iterator.Dispose();

    private bool IsAt(Iterator moved)
    {
        if (moved.Valid())
        {
            return true;
        }

        try
        {
            Native.Instance.rocksdb_iter_get_error(moved.Handle);
            return false;
        }
        catch (RocksDbException exception)
        {
            throw damaged(exception);
        }
    }
}
