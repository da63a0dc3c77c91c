"""Markets of many shapes.

usage: families.py FAMILY EDGES SEED OUT       prints a factor that makes its values whole
       families.py                             prints the names

OUT: int32 suppliers, demanders, rows, has limits; int64 offered, needed; int32 supplier, demander; float64 value; int64 limit (-1: none).
"""
import re, sys, numpy as np
def write(fn, off, need, s, d, v, cap=None):
    off=np.asarray(off,np.int64); need=np.asarray(need,np.int64)
    with open(fn,'wb') as f:
        np.array([len(off),len(need),len(s),0 if cap is None else 1],np.int32).tofile(f)
        off.tofile(f); need.tofile(f); np.asarray(s,np.int32).tofile(f); np.asarray(d,np.int32).tofile(f); np.asarray(v,np.float64).tofile(f)
        if cap is not None: np.asarray(cap,np.int64).tofile(f)
def uniq(s,d):
    k=np.unique(s.astype(np.int64)*(1<<31)+d); return (k>>31).astype(np.int32),(k&((1<<31)-1)).astype(np.int32)
def sparse(r,E,K=10,ratio=2):
    m=E//K; n=max(1,m//ratio); d=np.repeat(np.arange(m),K); s=r.integers(0,n,m*K); return (n,m)+uniq(s,d)
def geo(r,E,K=10,ratio=2,local=.7):
    m=E//K; n=max(1,m//ratio)
    sx=r.random((n,2)); dx=r.random((m,2))
    from scipy.spatial import cKDTree
    t=cKDTree(sx); kn=min(n,max(1,int(K*local))); _,i=t.query(dx,kn); i=i.reshape(m,-1); far=r.integers(0,n,(m,K-kn)) if K>kn else np.empty((m,0),int)
    s=np.concatenate([i,far],1).ravel(); d=np.repeat(np.arange(m),s.size//m); s,d=uniq(s,d)
    dist=np.sqrt(((sx[s]-dx[d])**2).sum(1)); return n,m,s,d,dist
def names():
    return re.findall(r"fam=='(\w+)'", open(__file__).read())
def main():
    fam,E,seed,out=sys.argv[1],int(float(sys.argv[2])),int(sys.argv[3]),sys.argv[4]; r=np.random.default_rng(seed); sc=1; cap=None
    ones=lambda k:np.ones(k,np.int64)
    if fam=='loose':
        n,m,s,d=sparse(r,E); v=r.integers(1,10001,s.size); off=r.integers(10,60,n); need=r.integers(1,11,m)
    elif fam=='tight':
        n,m,s,d=sparse(r,E); v=r.integers(1,10001,s.size); off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='unit':
        n,m,s,d=sparse(r,E,10,1); v=r.integers(1,10001,s.size); off=ones(n); need=ones(m)
    elif fam=='unit21':
        n,m,s,d=sparse(r,E,10,2); v=r.integers(1,10001,s.size); off=ones(n); need=ones(m)
    elif fam=='unitfloat':
        n,m,s,d=sparse(r,E,10,1); v=r.random(s.size); off=ones(n); need=ones(m); sc=1e9
    elif fam=='unitdec6':   # six decimals up to 10000: 1e10 > 2^31
        n,m,s,d=sparse(r,E,10,1); v=np.round(r.random(s.size)*10000,6); off=ones(n); need=ones(m); sc=1e6
    elif fam=='geounit':
        n,m,s,d,x=geo(r,E,10,1); v=2-x; off=ones(n); need=ones(m); sc=1e9
    elif fam=='geofloat':
        n,m,s,d,x=geo(r,E); v=2-x; off=r.integers(1,21,n); need=r.integers(1,11,m); sc=1e9
    elif fam=='geoint':
        n,m,s,d,x=geo(r,E); v=np.round((2-x)*1000); off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='pareto':
        n,m,s,d=sparse(r,E); v=np.minimum(np.round(r.pareto(0.8,s.size)*100)+1,1e9); off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='zipf':
        m=E//10; n=m//2; p=1/np.arange(1,n+1); p/=p.sum(); s=r.choice(n,m*10,p=p); d=np.repeat(np.arange(m),10); s,d=uniq(s,d); v=r.integers(1,10001,s.size); off=r.integers(1,21,n)*np.maximum(1,np.bincount(s,minlength=n)//20); need=r.integers(1,11,m)
    elif fam=='zipfunit':
        m=E//10; n=m; p=1/np.arange(1,n+1); p/=p.sum(); s=r.choice(n,m*10,p=p); d=np.repeat(np.arange(m),10); s,d=uniq(s,d); v=r.integers(1,10001,s.size); off=ones(n); need=ones(m)
    elif fam=='complete':
        n=m=int(round(E**.5)); s=np.repeat(np.arange(n),m); d=np.tile(np.arange(m),n); v=r.integers(1,10001,s.size); off=r.integers(1,21,n); need=r.integers(1,21,m)
    elif fam=='completeunit':
        n=m=int(round(E**.5)); s=np.repeat(np.arange(n),m); d=np.tile(np.arange(m),n); v=r.integers(1,10001,s.size); off=ones(n); need=ones(m)
    elif fam=='ij':
        n=m=int(round(E**.5)); s=np.repeat(np.arange(n),m); d=np.tile(np.arange(m),n); v=(s+1.0)*(d+1); off=ones(n); need=ones(m)
    elif fam=='ijmin':   # anti: value = n^2+1 - i*j
        n=m=int(round(E**.5)); s=np.repeat(np.arange(n),m); d=np.tile(np.arange(m),n); v=n*n+1.0-(s+1.0)*(d+1); off=ones(n); need=ones(m)
    elif fam=='ijcap':
        n=m=int(round(E**.5)); s=np.repeat(np.arange(n),m); d=np.tile(np.arange(m),n); v=n*n+1.0-(s+1.0)*(d+1); off=r.integers(1,21,n); need=r.integers(1,21,m)
    elif fam=='ijsparse':
        n,m,s,d=sparse(r,E,10,1); v=(n*1.0*m)+1-(s+1.0)*(d+1); off=ones(n); need=ones(m)
    elif fam=='ijsparsecap':
        n,m,s,d=sparse(r,E,10,1); v=(n*1.0*m)+1-(s+1.0)*(d+1); off=r.integers(1,21,n); need=r.integers(1,21,m)
    elif fam=='line':    # line metric, ties
        n=m=int(round(E**.5)); s=np.repeat(np.arange(n),m); d=np.tile(np.arange(m),n); a=np.sort(r.integers(0,10**6,n)); b=np.sort(r.integers(0,10**6,m)); v=10**6+1.0-np.abs(a[s]-b[d]); off=ones(n); need=ones(m)
    elif fam=='chain':   # long alternating chain: d_i ~ s_i (C), s_{i+1} (C+1 mostly); last one flips all
        n=E//2; m=n; i=np.arange(n); s=np.concatenate([i,i[1:]]); d=np.concatenate([i,i[:-1]]); v=np.concatenate([np.full(n,1000.0),np.full(n-1,1001.0)]); v[0]=1; off=ones(n); need=ones(m)
    elif fam=='chaincap':
        n=E//2; m=n; i=np.arange(n); s=np.concatenate([i,i[1:]]); d=np.concatenate([i,i[:-1]]); v=np.concatenate([1000.0+(i%7),1001.0+(i[1:]%5)]); off=r.integers(1,21,n); need=r.integers(1,21,m)
    elif fam=='chainlong': # growing weights along a chain
        n=E//2; m=n; i=np.arange(n); s=np.concatenate([i,i[1:]]); d=np.concatenate([i,i[:-1]]); v=np.concatenate([2.0*i+2,2.0*i[:-1]+3]); off=ones(n); need=ones(m)
    elif fam=='war':  # k bidders x k-1 equal goods dense
        n=int(round(E**.5)); m=n; s=np.repeat(np.arange(n),m); d=np.tile(np.arange(m),n); v=np.where(d<m-1,1e9,1.0+s); off=ones(n); need=ones(m)
    elif fam=='equal':
        n,m,s,d=sparse(r,E); v=np.ones(s.size); off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='few':
        n,m,s,d=sparse(r,E); v=r.integers(1,6,s.size)*1.0; off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='fewunit':
        n,m,s,d=sparse(r,E,10,1); v=r.integers(1,6,s.size)*1.0; off=ones(n); need=ones(m)
    elif fam=='few20':
        n,m,s,d=sparse(r,E); v=r.integers(1,21,s.size)*1.0; off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='few100':
        n,m,s,d=sparse(r,E); v=r.integers(1,101,s.size)*1.0; off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='mirror':
        K=10; n=m=E//K; i=np.repeat(np.arange(n),K); j=np.minimum(n-1,i+np.tile(np.arange(K)**2,n)); s,d=uniq(i,j); v=s+1.0; off=ones(n); need=ones(m)
    elif fam=='prioflip':
        n,m,s,d=sparse(r,E); pr=r.integers(1,6,n); v=pr[s]; off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='price':
        n,m,s,d=sparse(r,E); pr=r.integers(1,100001,n); v=pr[s]; off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='equalunit':
        n,m,s,d=sparse(r,E,10,1); v=np.ones(s.size); off=ones(n); need=ones(m)
    elif fam=='equalunit3':
        n,m,s,d=sparse(r,E,3,1); v=np.ones(s.size); off=ones(n); need=ones(m)
    elif fam=='prio5':
        n,m,s,d=sparse(r,E); pr=r.integers(1,6,m); v=pr[d]; off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='prio5unit':
        n,m,s,d=sparse(r,E,10,1); pr=r.integers(1,6,m); v=pr[d]; off=ones(n); need=ones(m)
    elif fam=='fill':   # fill first: 1e6 + small, one to one, sparse 4
        n,m,s,d=sparse(r,E,4,1); v=1e6+r.integers(1,1001,s.size); off=ones(n); need=ones(m)
    elif fam=='fillcap':
        n,m,s,d=sparse(r,E,4,2); v=1e6+r.integers(1,1001,s.size); off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='fillbig':
        n,m,s,d=sparse(r,E,4,2); v=1e9+r.integers(1,10**6,s.size); off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='cap1e12':
        n,m,s,d=sparse(r,E); v=r.integers(1,10001,s.size); off=r.integers(1,21,n)*10**12//m; need=r.integers(1,11,m)*10**12//m
    elif fam=='capmix':
        n,m,s,d=sparse(r,E); v=r.integers(1,10001,s.size); off=np.round(10**(r.random(n)*9)).astype(np.int64); need=np.round(10**(r.random(m)*9)).astype(np.int64)
    elif fam=='pow2':
        n,m,s,d=sparse(r,E); v=np.power(2.0,r.integers(0,46,s.size)); off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='pow2unit':
        n,m,s,d=sparse(r,E,10,1); v=np.power(2.0,r.integers(0,46,s.size)); off=ones(n); need=ones(m)
    elif fam=='big15':
        n,m,s,d=sparse(r,E); v=r.integers(1,10**13,s.size).astype(float); off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='hub':  # 10 suppliers
        m=E//10; n=10; s=np.tile(np.arange(n),m); d=np.repeat(np.arange(m),10); v=r.integers(1,10001,s.size); off=r.integers(1,11,n)*(m//2); need=r.integers(1,11,m)
    elif fam=='atmost':
        n,m,s,d=sparse(r,E); v=r.integers(1,10001,s.size); off=r.integers(1,21,n); need=r.integers(1,11,m); cap=r.integers(1,4,s.size)
    elif fam=='atmostfew': # one row in 1000 has a limit that binds
        n,m,s,d=sparse(r,E); v=r.integers(1,10001,s.size); off=r.integers(1,21,n); need=r.integers(1,11,m); cap=np.where(r.random(s.size)<.001,1,-1)
    elif fam=='atmostequal':
        n,m,s,d=sparse(r,E); v=np.ones(s.size); off=r.integers(1,21,n); need=r.integers(1,11,m); cap=r.integers(1,4,s.size)
    elif fam=='steps': # three rows a pair, falling value with at_most
        n,m,s,d=sparse(r,E//3); w=r.integers(100,10001,s.size); s=np.concatenate([s]*3); d=np.concatenate([d]*3); v=np.concatenate([w,w//2,w//4]); cap=np.concatenate([np.full(w.size,1),np.full(w.size,2),np.full(w.size,-1)]); off=r.integers(1,21,n); need=r.integers(1,11,m)
    elif fam=='netgen': # transportation: n=m=E/33 nodes, supplies 1000 average, cost 1..10000
        n=m=max(2,E//33); s=r.integers(0,n,E); d=r.integers(0,m,E); s,d=uniq(s,d); v=r.integers(1,10001,s.size); off=r.integers(1,2001,n); need=r.integers(1,2001,m)
    elif fam=='diag': # only corner forced: w(i,j)=min(i,j)
        n=m=int(round(E**.5)); s=np.repeat(np.arange(n),m); d=np.tile(np.arange(m),n); v=1.0+np.minimum(s,d); off=ones(n); need=ones(m)
    elif fam=='staircase': # s_i linked to d_0..d_i limited to K nearest, value i
        K=10; n=m=E//K; i=np.repeat(np.arange(n),K); j=np.maximum(0,i-np.tile(np.arange(K)**2,n)); s,d=uniq(i,j); v=s+1.0; off=ones(n); need=ones(m)
    else: sys.exit('family?')
    write(out,off,need,s,d,v,cap); print(sc)
if __name__ == "__main__":
    if len(sys.argv) > 1:
        main()
    else:
        print(*names())
