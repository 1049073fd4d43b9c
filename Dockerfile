# The chapters as notebooks in JupyterLab, with the pinned versions: for a hub, or at home by
#   docker build -t lenet . && docker run -p 8888:8888 lenet
FROM python:3.11-slim
WORKDIR /book
COPY requirements.txt pyproject.toml README.md LICENSE ./
COPY code code
RUN pip install --no-cache-dir -r requirements.txt
COPY chapters chapters
EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser", "--allow-root", \
     "--LabApp.default_url=/lab/tree/chapters"]
